internal import ArgumentParser
internal import Runic

/// Which files of a folder are read.
struct FileArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "In folders, read only files whose name fits, such as '*.txt'; with a slash, the path below the folder. "
                + "Repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp(
            "In folders, leave out files and folders whose name fits, such as '*.md' or 'drafts'. Repeatable.",
            valueName: "glob"))
    var exclude: [String] = []

    var filter: FileFilter { FileFilter(include: include, exclude: exclude) }

    /// Looks up the files that a model reads, and notes what is left out of them.
    ///
    /// - Parameters:
    ///   - container: the stages that take the files apart; nil: the model's.
    ///   - check: refuses files before anything is noted.
    func source(
        _ texts: [String], for model: TextModel, _ container: [StageDescription]?,
        check: (TextSource) throws -> Void = { _ in }
    ) throws -> TextSource {
        let pipeline = try reporting { () throws(TextError) in try model.readingPipeline(container: container) }
        return try source(texts, for: pipeline, check: check)
    }

    /// Looks up files and folders, and notes what is left out of them.
    ///
    /// - Parameters:
    ///   - pipeline: the stages that will read them.
    ///   - check: refuses files before anything is noted.
    func source(
        _ texts: [String], for pipeline: TextPipeline, check: (TextSource) throws -> Void = { _ in }
    ) throws -> TextSource {
        let source = try reporting { () throws(TextError) in
            try TextSource(paths: texts, filter: filter, readsBytes: pipeline.readsBytes)
        }
        try check(source)
        for line in source.remarks { Console.note("runic: \(line)") }
        return source
    }
}
