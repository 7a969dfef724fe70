public import ArgumentParser
public import Runic

extension Precision: ExpressibleByArgument {}

/// How a model computes, as options of the commands that run one.
struct ComputingArguments: ParsableArguments {
    @Option(help: "What the model computes in; what the archive holds unless given.")
    var precision: Precision?
    @Option(help: "Worker threads; the result does not depend on it.") var threads = RunicMachine.processors

    func validate() throws {
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads); it must be 1 to 1024")
        }
    }
}
