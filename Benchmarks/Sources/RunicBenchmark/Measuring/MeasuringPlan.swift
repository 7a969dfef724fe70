/// How a section measures: rounds, threads, cases and peers.
struct MeasuringPlan {
    let rounds: Int
    /// The largest number of threads.
    let threads: Int
    /// One thread, and the largest number.
    let threadCounts: [Int]
    /// Whether counts are cut to a tenth.
    let quick: Bool
    let only: String
    let meter: PeakMeter
    let peers: Peers

    /// Whether a case is selected.
    func includes(_ name: String) -> Bool { only.isEmpty || name.contains(only) }

    /// The count, or a tenth of it in a quick run.
    func scaled(_ count: Int) -> Int { quick ? max(count / 10, 1) : count }
}
