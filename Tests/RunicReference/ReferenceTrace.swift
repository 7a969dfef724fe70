/// What one layer keeps of a pass, time-major.
struct ReferenceTrace: Sendable {
    /// x, (T·B, D).
    var input: [Double] = []
    /// The activated gates, (T·B, G).
    var gates: [Double] = []
    /// The GRU's Wh_n h + b_hn, (T·B, H).
    var recurrentNew: [Double] = []
    /// h and c, ((T+1)·B, H), the carried state first.
    var hidden: [Double] = []
    var cell: [Double] = []
    /// h after the mask, (T·B, H).
    var output: [Double] = []
}
