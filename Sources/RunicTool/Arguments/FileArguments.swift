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

    /// Looks up files and folders, and notes what is left out of them.
    ///
    /// - Parameter check: refuses files before anything is noted.
    func source(_ texts: [String], check: (TextSource) throws -> Void = { _ in }) throws -> TextSource {
        let source = try reporting { () throws(TextError) in try TextSource(paths: texts, filter: filter) }
        try check(source)
        for line in source.remarks { Console.note("runic: \(line)") }
        return source
    }
}
