/// ‖found − expected‖ / ‖expected‖, and the norm of what was found where nothing is expected.
///
/// Lengths that differ, and values that are not numbers, are infinitely wrong.
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
