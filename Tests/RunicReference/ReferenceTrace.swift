/// What one layer keeps of a pass, position `t · B + b` by position.
struct ReferenceTrace: Sendable {
    /// x_t.
    var inputs: [Vector] = []
    /// h_{t−1} and c_{t−1} as the cell met them: after a reset, if there was one.
    var befores: [ReferenceMemory] = []
    /// h_t and c_t.
    var afters: [ReferenceMemory] = []
}
