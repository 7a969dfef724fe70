/// What differs from one training step to the next, apart from the data.
package struct StepContext: Sendable {
    /// Fixes every random mask of the step; nil for a step without noise.
    package var key: UInt64?
    /// Measures the step; nil measures nothing.
    package var meter: StepMeter?

    package init(key: UInt64? = nil, meter: StepMeter? = nil) {
        self.key = key
        self.meter = meter
    }
}
