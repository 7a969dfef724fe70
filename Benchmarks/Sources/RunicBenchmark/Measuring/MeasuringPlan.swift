/// How a section measures: how often, on what, beside whom.
struct MeasuringPlan {
    let rounds: Int
    /// The largest number of threads.
    let threads: Int
    /// 1 and the largest.
    let threadCounts: [Int]
    /// Whether counts are cut to a tenth.
    let quick: Bool
    let only: String
    let meter: PeakMeter
    let peers: Peers

    /// Whether a case is asked for.
    func includes(_ name: String) -> Bool { only.isEmpty || name.contains(only) }

    /// The count, or a tenth of it in a quick run.
    func scaled(_ count: Int) -> Int { quick ? max(count / 10, 1) : count }
}
