internal import ArgumentParser
internal import Runic

/// Whether a model says which texts it is from.
struct SourcesArgument: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Leave names and hashes of the texts out of the model. (default: they are in it, beyond "
                + "\(TrainingNote.mostFiles) files as one entry)"))
    var noSources = false
}
