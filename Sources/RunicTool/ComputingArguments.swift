public import ArgumentParser
public import Runic

extension Precision: ExpressibleByArgument {}

/// How a model computes, as options of the commands that run one.
struct ComputingArguments: ParsableArguments {
    @Option(help: "Element type of the matrices; what the archive holds unless given.")
    var precision: Precision?
}
