internal import ArgumentParser
internal import Runic

/// How many threads a model that runs may use.
struct ThreadsArgument: ParsableArguments {
    @Option(help: "Worker threads; the result does not depend on it.") var threads = RunicMachine.processors

    func validate() throws {
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads); it must be 1 to 1024")
        }
    }
}
