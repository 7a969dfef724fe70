/// The values that one layer keeps of a pass, in the order of positions `t · B + b`.
struct ReferenceTrace: Sendable {
    /// x_t.
    var inputs: [Vector] = []
    /// h_{t−1} and c_{t−1} as the cell read them, after any reset.
    var befores: [ReferenceUnit] = []
    /// h_t and c_t.
    var afters: [ReferenceUnit] = []
}
