internal import CRunicKernels

/// A running average of the parameters.
package enum AverageKernel {
    /// average ← average + weight · (parameters − average).
    package static func update(average: Block<Float>, parameters: Block<Float>, weight: Double) {
        let count = parameters.count
        precondition(
            parameters.isContiguous && average.isContiguous && average.count == count,
            "averaging \(count) parameters into \(average.count)")
        unsafe runic_average(count, parameters.base, average.base, Float(weight))
    }
}
