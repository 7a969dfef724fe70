import ArgumentParser

/// What every command that measures is asked.
struct MeasuringOptions: ParsableArguments {
    @Option(help: "The largest number of threads; 1 is measured beside it.") var threads = 2
    @Flag(help: "One round of a moment: to see that everything runs, not to quote.") var quick = false
    @Option(help: "Also write everything to this file, as JSON.") var json: String?

    func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads must be 1 or more") }
    }

    /// 1 and the largest.
    var threadCounts: [Int] { threads == 1 ? [1] : [1, threads] }

    var meter: PeakMeter { quick ? PeakMeter(runs: 2, seconds: 0.005) : PeakMeter(runs: 5, seconds: 0.02) }
}
