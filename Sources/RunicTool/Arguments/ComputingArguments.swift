public import ArgumentParser
public import Runic

extension Precision: ExpressibleByArgument {}

/// How a model computes, as options of the commands that run one.
struct ComputingArguments: ParsableArguments {
    @Option(help: "Element type of the model's products. (default: the archive's)")
    var precision: Precision?
    @OptionGroup private var workers: ThreadsArgument

    var threads: Int { workers.threads }
}

/// How many threads a model that runs may use.
struct ThreadsArgument: ParsableArguments {
    @Option(help: "Worker threads. They do not change the result.") var threads = RunicMachine.processors

    func validate() throws {
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads); it must be 1 to 1024")
        }
    }
}
