internal import Foundation

/// A column of numbers with the arithmetic of the equations: every operation is element by element.
struct Vector: Sendable, Equatable {
    var values: [Double]

    init(_ values: [Double]) { self.values = values }

    init(_ values: ArraySlice<Double>) { self.values = Array(values) }

    init(repeating value: Double, count: Int) { values = [Double](repeating: value, count: count) }

    static func zeros(_ count: Int) -> Vector { Vector(repeating: 0, count: count) }

    static func ones(_ count: Int) -> Vector { Vector(repeating: 1, count: count) }

    var count: Int { values.count }

    var sum: Double { values.reduce(0, +) }

    var mean: Double { sum / Double(count) }

    subscript(element: Int) -> Double {
        get { values[element] }
        set { values[element] = newValue }
    }

    /// A part, as a vector that counts from 0.
    subscript(part: Range<Int>) -> Vector {
        get { Vector(values[part]) }
        set { values.replaceSubrange(part, with: newValue.values) }
    }

    func map(_ function: (Double) -> Double) -> Vector { Vector(values.map(function)) }

    // An unoptimised build, in which tests run, is fastest with loops of this kind.
    private static func combine(_ left: Vector, _ right: Vector, _ function: (Double, Double) -> Double) -> Vector {
        precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) elements")
        var values = left.values
        var element = 0
        while element < values.count {
            values[element] = function(values[element], right.values[element])
            element += 1
        }
        return Vector(values)
    }

    /// The sum of x_k y_k.
    func dot(_ other: Vector) -> Double {
        precondition(count == other.count, "vectors of \(count) and \(other.count) elements")
        var total = 0.0
        var element = 0
        while element < values.count {
            total += values[element] * other.values[element]
            element += 1
        }
        return total
    }

    static func + (left: Vector, right: Vector) -> Vector { combine(left, right, +) }
    static func - (left: Vector, right: Vector) -> Vector { combine(left, right, -) }
    static func * (left: Vector, right: Vector) -> Vector { combine(left, right, *) }
    static func - (left: Double, right: Vector) -> Vector { right.map { left - $0 } }
    static func - (left: Vector, right: Double) -> Vector { left.map { $0 - right } }
    static func * (left: Double, right: Vector) -> Vector { right.map { left * $0 } }
    static func += (left: inout Vector, right: Vector) { left = left + right }
}

/// 1 / (1 + e^−x).
func sigmoid(_ x: Vector) -> Vector { x.map { 1 / (1 + exp(-$0)) } }

/// The hyperbolic tangent.
func tanh(_ x: Vector) -> Vector { x.map { tanh($0) } }

/// x where it is positive, 0 elsewhere.
func relu(_ x: Vector) -> Vector { x.map { max($0, 0) } }
