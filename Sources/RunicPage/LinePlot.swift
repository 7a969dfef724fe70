internal import Foundation
internal import RunicDisplay

/// Lines over two axes, as a figure of a page.
package struct LinePlot: Sendable {
    package enum Scale: Sendable {
        case linear, logarithmic
    }

    /// One line.
    package struct Line: Sendable {
        package let title: String
        /// The index of the colour, and of the dash pattern; pattern 0 is solid.
        package let color: Int
        package let dash: Int
        package let points: [(x: Double, y: Double)]
        /// Whether each value holds from its point to the next, as in a histogram; the last point only ends the one before.
        package let isSteps: Bool

        /// - Parameter points: by ascending x; those that are not finite are left out.
        package init(
            title: String, color: Int, dash: Int, points: [(x: Double, y: Double)], isSteps: Bool = false
        ) {
            (self.title, self.color, self.dash, self.isSteps) = (title, color, dash, isSteps)
            self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
        }
    }

    package struct Axis: Sendable {
        package let title: String
        package let scale: Scale
        package let range: ClosedRange<Double>

        /// - Precondition: the range is not one point, and positive where the scale is logarithmic.
        package init(_ title: String, _ scale: Scale, _ range: ClosedRange<Double>) {
            precondition(range.lowerBound < range.upperBound, "an axis of one point")
            precondition(scale == .linear || range.lowerBound > 0, "a logarithmic axis from \(range.lowerBound)")
            (self.title, self.scale, self.range) = (title, scale, range)
        }
    }

    package let title: String
    /// How to read the plot, in a sentence or two; may be empty.
    package var note = ""
    package let x: Axis
    package let y: Axis
    package var lines: [Line] = []
    /// Named levels, such as the loss without memory.
    package var levels: [(y: Double, title: String)] = []

    package init(_ title: String, x: Axis, y: Axis) { (self.title, self.x, self.y) = (title, x, y) }

    /// How many colours and dashes there are; more lines than that repeat them.
    package static let colorCount = 7
    package static let dashCount = 4

    /// The place of a value along an axis, 0 to 1 within its range; values without a place on a logarithmic axis are far below it.
    static func place(_ value: Double, _ axis: Axis) -> Double {
        let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
        switch axis.scale {
        case .linear: return (value - low) / (high - low)
        case .logarithmic: return value > 0 ? log(value / low) / log(high / low) : -1
        }
    }

    /// Values with a mark: powers of ten, or round numbers.
    static func marks(_ axis: Axis) -> [Double] {
        let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
        switch axis.scale {
        case .logarithmic:
            let powers =
                Int(log10(low).rounded(.up))...max(Int(log10(high).rounded(.down)), Int(log10(low).rounded(.up)))
            let every = max(1, (powers.count + 8) / 9)
            return powers.filter { $0 % every == 0 }.map { pow(10, Double($0)) }.filter { $0 <= high * 1.0001 }
        case .linear:
            let rough = (high - low) / 5
            let power = pow(10, log10(rough).rounded(.down))
            let step = ([1, 2, 5].first { $0 * power >= rough } ?? 10) * power
            return stride(from: (low / step).rounded(.up) * step, through: high * 1.0001, by: step).map(\.self)
        }
    }

    /// A mark's number: short, with a power of ten where it is far from 1.
    static func label(_ value: Double, _ axis: Axis) -> String {
        guard axis.scale == .logarithmic, !(0.01...10_000).contains(value) else {
            let rounded = (value * 1e6).rounded() / 1e6
            return rounded == rounded.rounded() ? Int(rounded).grouped : "\(rounded)"
        }
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let power = Int(log10(value).rounded())
        return "10" + (power < 0 ? "⁻" : "") + String("\(abs(power))".compactMap(\.wholeNumberValue).map { digits[$0] })
    }
}
