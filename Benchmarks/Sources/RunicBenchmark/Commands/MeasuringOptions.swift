import ArgumentParser

/// Options of every command that measures.
struct MeasuringOptions: ParsableArguments {
    @Option(help: "Largest number of threads; one thread is measured too.") var threads = 2
    @Flag(help: "One short round, to check that everything runs; the figures are not reliable.") var quick = false
    @Option(help: "Also write everything to this file, as JSON.") var json: String?

    func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads must be 1 or more") }
    }

    /// One thread, and the largest number.
    var threadCounts: [Int] { threads == 1 ? [1] : [1, threads] }

    var meter: PeakMeter { quick ? PeakMeter(runs: 2, seconds: 0.005) : PeakMeter(runs: 5, seconds: 0.02) }
}
