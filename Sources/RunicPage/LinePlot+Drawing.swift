internal import Foundation

extension LinePlot {
    /// The side of the square that lines are drawn in; a page stretches it to its own width and height.
    private static let side = 1000.0

    /// The figure: lines in an image that stretches, marks of the axes as text that does not, and a legend below.
    ///
    /// - Parameter number: the place of the plot on its page, from 0.
    package func markup(_ number: Int) -> String {
        let name = "plot-\(number)"
        return """
            <figure class="plot" aria-labelledby="\(name)-title">
            <figcaption id="\(name)-title">\(MarkupText.escaped(title))\(noteMarkup)</figcaption>
            <div class="frame">
            <span class="side" id="\(name)-y" aria-hidden="true">\(MarkupText.escaped(y.title))</span>
            <div class="area" id="\(name)-area" role="img" aria-label="\(MarkupText.escaped(summary))">
            <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
            \(drawing.joined(separator: "\n"))
            </svg>
            \(markMarkup.joined(separator: "\n"))
            </div>
            <span class="under" id="\(name)-x">\(MarkupText.escaped(x.title))</span>
            </div>
            <ul class="legend" id="\(name)-legend">
            \(legend.joined(separator: "\n"))
            </ul>
            </figure>
            """
    }

    private var noteMarkup: String { note.isEmpty ? "" : " <small>\(MarkupText.escaped(note))</small>" }

    /// What a screen reader says of the plot.
    private var summary: String {
        func span(_ axis: Axis) -> String {
            "\(axis.title) from \(Self.short(axis.range.lowerBound)) to \(Self.short(axis.range.upperBound))"
        }
        return "\(title): \(span(y)), over \(span(x))"
    }

    private var drawing: [String] {
        let grid =
            Self.marks(x).map { "M\(Self.text(horizontal($0))) 0V1000" }
            + Self.marks(y).map { "M0 \(Self.text(vertical($0)))H1000" }
        return ["<path class=\"grid\" d=\"\(grid.joined())\"/>"]
            + levels.map { "<path class=\"level\" d=\"M0 \(Self.text(vertical($0.y)))H1000\"/>" }
            + lines.map { "<path class=\"line \(Self.classes($0))\" d=\"\(path($0))\"/>" }
    }

    /// On a narrow page every other mark is left out where all of them would overlap.
    private var markMarkup: [String] {
        let across = Self.marks(x).map { (place: Self.place($0, x), label: Self.label($0, x)) }
        let isCrowded = across.reduce(0) { $0 + $1.label.count + 2 } > 34
        return across.enumerated().map { index, mark in
            let kind = isCrowded && !index.isMultiple(of: 2) ? "x between" : "x"
            return "<span class=\"\(kind)\" style=\"left:\(Self.text(mark.place * 100))%\">\(mark.label)</span>"
        }
            + Self.marks(y).map {
                "<span class=\"y\" style=\"bottom:\(Self.text(Self.place($0, y) * 100))%\">\(Self.label($0, y))</span>"
            }
    }

    private var legend: [String] {
        lines.map { Self.entry(Self.classes($0), $0.title) } + levels.map { Self.entry("level", $0.title) }
    }

    private static func entry(_ classes: String, _ title: String) -> String {
        "<li><i class=\"key \(classes)\"></i><span>\(MarkupText.escaped(title))</span></li>"
    }

    private static func classes(_ line: Line) -> String { "c\(line.color % colorCount) d\(line.dash % dashCount)" }

    /// The axes and the drawn points as JSON, from which the page's script tells values.
    var numbers: String {
        func axis(_ axis: Axis) -> String {
            "{\"low\":\(axis.range.lowerBound),\"high\":\(axis.range.upperBound),\"log\":\(axis.scale == .logarithmic)}"
        }
        func list(_ values: [Double]) -> String { "[\(values.map(Self.short).joined(separator: ","))]" }
        let lines = lines.map { line in
            let points = drawn(line)
            return "{\"x\":\(list(points.map(\.x))),\"y\":\(list(points.map(\.y))),\"steps\":\(line.isSteps)}"
        }
        return "{\"x\":\(axis(x)),\"y\":\(axis(y)),\"lines\":[\(lines.joined(separator: ",\n"))]}"
    }

    private func horizontal(_ value: Double) -> Double { Self.place(value, x) * Self.side }

    /// Values far outside the range are clamped a little outside, so that lines leave the image at the right points.
    private func vertical(_ value: Double) -> Double { (1 - min(max(Self.place(value, y), -1), 2)) * Self.side }

    /// The points of a line, without those that are less than half a thousandth of the width to the right of one before.
    private func drawn(_ line: Line) -> [(x: Double, y: Double)] {
        var drawn: [(x: Double, y: Double)] = []
        var last = -Double.infinity
        for (index, point) in line.points.enumerated() {
            let place = horizontal(point.x)
            guard line.isSteps || place - last >= 0.5 || index == line.points.count - 1 else { continue }
            drawn.append(point)
            last = place
        }
        return drawn
    }

    private func path(_ line: Line) -> String {
        let points = drawn(line)
        guard line.isSteps else {
            return points.enumerated().map { index, point in
                "\(index == 0 ? "M" : "L")\(Self.text(horizontal(point.x))) \(Self.text(vertical(point.y)))"
            }.joined()
        }
        guard let first = points.first, let last = points.last else { return "" }
        let steps = zip(points, points.dropFirst()).map { here, next in
            "V\(Self.text(vertical(here.y)))H\(Self.text(horizontal(next.x)))"
        }
        return "M\(Self.text(horizontal(first.x))) \(Self.text(vertical(0)))\(steps.joined())"
            + "V\(Self.text(vertical(last.y)))"
    }

    /// A number with five digits.
    private static func short(_ value: Double) -> String { String(format: "%.5g", value) }

    /// A length with one digit.
    private static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
