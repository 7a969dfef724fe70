public import ArgumentParser
public import Runic

extension Precision: ExpressibleByArgument {}

/// How a model computes, as options of the commands that run one.
struct ComputingArguments: ParsableArguments {
    @Option(help: "What the model computes in; what the archive holds unless given.")
    var precision: Precision?
    @OptionGroup private var workers: ThreadsArgument

    var threads: Int { workers.threads }
}
