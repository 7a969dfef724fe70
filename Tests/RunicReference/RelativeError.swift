/// ‖found − expected‖ / ‖expected‖, or ‖found‖ if all expected values are zero.
///
/// The error is infinite if lengths differ or a value is NaN.
package func relativeError(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    var difference = 0.0
    var norm = 0.0
    for (left, right) in zip(found, expected) {
        difference += (left - right) * (left - right)
        norm += right * right
    }
    let error = norm > 0 ? (difference / norm).squareRoot() : difference.squareRoot()
    return error.isNaN ? .infinity : error
}
