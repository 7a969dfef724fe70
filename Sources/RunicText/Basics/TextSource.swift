internal import RunicDisplay
internal import RunicFiles

/// One file of a corpus, or a text in memory that is read like one.
public struct TextFile: Sendable, Hashable {
    /// The path that means standard input.
    public static let standardInputPath = "-"

    /// Its path; `-` is standard input. Of a text in memory the name under which messages speak of it.
    public let path: String
    /// Its size in bytes when it was looked up; 0 if unknown.
    public let size: Int

    /// The bytes of a text in memory; nil for a file.
    public let content: [UInt8]?

    /// The file at `path`.
    public init(path: String, size: Int = 0) {
        self.path = path
        self.size = size
        content = nil
    }

    /// A text in memory.
    ///
    /// - Parameters:
    ///   - name: for messages, and for the note in a model's archive.
    ///   - content: what a file would have: UTF-8, unless a stage decodes it.
    public init(name: String, content: [UInt8]) {
        path = name
        size = content.count
        self.content = content
    }
}

/// The files of a corpus, in the order in which they are read.
public struct TextSource: Sendable, Hashable {
    /// A file that is not read.
    public struct Skipped: Sendable, Hashable {
        /// Its path.
        public let path: String
        /// Why it is not read, such as `a link` or `a PNG image, not text`.
        public let reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// The files; never empty when made from paths.
    public let files: [TextFile]
    /// The links, special files and files that are not text in the folders, and those that cannot be looked up where they may be
    /// left out.
    public let skipped: [Skipped]
    /// The files that were named and are not text, and are read as bytes all the same.
    private let packed: [Skipped]

    /// Looks up files and folders; `-` is standard input.
    ///
    /// A folder gives every regular file below it that is text as far as its first bytes show, sorted by the bytes of the path,
    /// which need not be UTF-8; names that begin with a dot, links and special files are left out.
    ///
    /// - Parameters:
    ///   - filter: which files of folders are read.
    ///   - readsBytes: whether files that are named are read whatever their format is, as ``TextPipeline/readsBytes`` says.
    /// - Throws: `TextError.unreadable`, `.noFiles` or `.notText`.
    public init(paths: [String], filter: FileFilter = FileFilter(), readsBytes: Bool = false) throws(TextError) {
        try self.init(paths: paths, filter: filter, goesOn: false, named: readsBytes ? .any : .text)
    }

    /// Looks up files and folders as version 0.1.0 did, which took every regular file for text.
    ///
    /// - Throws: `TextError.unreadable` or `.noFiles`.
    package init(ofAnyFormat paths: [String]) throws(TextError) {
        try self.init(paths: paths, filter: FileFilter(), goesOn: false, knowsFormats: false, named: .any)
    }

    /// Looks up files and folders, and lists those that cannot be read among the skipped ones.
    ///
    /// - Throws: the first error, where nothing at all can be read.
    package init(
        readableOf paths: [String], filter: FileFilter = FileFilter(), readsBytes: Bool = false
    ) throws(TextError) {
        try self.init(paths: paths, filter: filter, goesOn: true, named: readsBytes ? .any : .text)
    }

    /// A source without some of its files.
    package init(_ source: TextSource, without bad: [Skipped]) {
        let paths = Set(bad.map(\.path))
        files = source.files.filter { !paths.contains($0.path) }
        skipped = source.skipped + bad
        packed = source.packed
    }

    /// A text in memory.
    public init(_ text: String) { self.init(only: TextFile(name: "text in memory", content: Array(text.utf8))) }

    /// Texts in memory, each a document as a file would be.
    public init(_ texts: [String]) {
        files = texts.enumerated().map { TextFile(name: "text \($0 + 1) in memory", content: Array($1.utf8)) }
        skipped = []
        packed = []
    }

    /// One file.
    package init(only file: TextFile) {
        files = [file]
        skipped = []
        packed = []
    }

    /// What a file that is named may be; in folders, what is not text is left out.
    private enum Accepted { case text, any }

    private init(
        paths: [String], filter: FileFilter, goesOn: Bool, knowsFormats: Bool = true, named: Accepted
    ) throws(TextError) {
        var files: [TextFile] = []
        var skipped: [Skipped] = []
        var packed: [Skipped] = []
        var first: TextError?
        for path in paths {
            do throws(TextError) {
                if knowsFormats, let format = try Self.format(of: path) {
                    guard named == .any else { throw TextError.notText(path: path, format: format) }
                    packed.append(Skipped(path: path, reason: format.rawValue))
                }
                files += try Self.lookUp(path, filter, knowsFormats, &skipped)
            } catch {
                guard goesOn else { throw error }
                first = first ?? error
                skipped.append(Skipped(path: path, reason: error.reason(for: path)))
            }
        }
        if let first, files.isEmpty { throw first }
        self.files = files
        self.skipped = skipped
        self.packed = packed
    }

    /// The format of a path that is a file and not text; nil for all others.
    private static func format(of path: String) throws(TextError) -> FileSignature? {
        guard path != TextFile.standardInputPath, try TextError.wrapping(FilePath.status(path)).kind == .file else {
            return nil
        }
        return FileSignature.of(path: path)
    }

    /// The files of a path.
    private static func lookUp(
        _ path: String, _ filter: FileFilter, _ knowsFormats: Bool, _ skipped: inout [Skipped]
    ) throws(TextError) -> [TextFile] {
        if path == TextFile.standardInputPath { return [TextFile(path: path)] }
        let status = try TextError.wrapping(FilePath.status(path))
        guard status.kind == .folder else {
            return [TextFile(path: path, size: status.byteCount)]
        }
        var found: [TextFile] = []
        var left: [Skipped] = []
        try collect(
            path.utf8.last == UInt8(ascii: "/") ? path : path + "/", below: "", filter, knowsFormats, into: &found,
            &left)
        if found.isEmpty { throw .noFiles(path: path) }
        skipped += left.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return found.map { (file: $0, bytes: PathBytes.bytes(of: $0.path)) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.file)
    }

    /// The sum of the known sizes, in bytes.
    public var size: Int { files.reduce(0) { $0 + $1.size } }

    /// Whether a file may have any length: standard input, another pipe, or one whose size the system does not tell.
    package var hasUnknownSize: Bool {
        files.contains { $0.path == TextFile.standardInputPath || $0.size == 0 && FilePath.kind($0.path) == .other }
    }

    /// The paths, for messages about all of them.
    package var label: String { files.map(\.path).joined(separator: ", ") }

    /// One line for each kind of thing that a user may not expect: files given twice, and files left out.
    public var remarks: [String] {
        var lines: [String] = []
        var counts: [String: Int] = [:]
        for file in files where file.path != TextFile.standardInputPath && file.content == nil {
            counts[file.path, default: 0] += 1
        }
        let twice = files.map(\.path).filter { counts.removeValue(forKey: $0).map { $0 > 1 } == true }
        if !twice.isEmpty { lines.append("given more than once, and read as often: \(Self.list(twice))") }
        for file in packed {
            lines.append("\(file.path.printable): is \(file.reason), not text; its bytes are read as they are")
        }
        for reason in skipped.map(\.reason).reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
            let paths = skipped.filter { $0.reason == reason }.map(\.path)
            lines.append("left out, \(reason): \(Self.list(paths))")
        }
        return lines
    }

    /// The first few paths, and how many are not named.
    private static func list(_ paths: [String]) -> String {
        let shown = paths.prefix(5).map(\.printable).joined(separator: ", ")
        return shown + (paths.count > 5 ? " and \((paths.count - 5).grouped) more" : "")
    }

    /// - Parameters:
    ///   - root: the path of the folder that was given, with a slash at its end.
    ///   - path: of a folder below it, with a slash at its end unless it is empty.
    private static func collect(
        _ root: String, below path: String, _ filter: FileFilter, _ knowsFormats: Bool,
        into files: inout [TextFile], _ skipped: inout [Skipped]
    ) throws(TextError) {
        for name in try TextError.wrapping(Folder.names(in: root + path)) where name.utf8.first != UInt8(ascii: ".") {
            let (own, whole) = (path + name, root + path + name)
            let status = try TextError.wrapping(FilePath.status(whole, followsLinks: false))
            switch status.kind {
            case .folder:
                guard filter.keeps(folder: own) else { continue }
                try collect(root, below: own + "/", filter, knowsFormats, into: &files, &skipped)
            case .file:
                guard filter.keeps(file: own) else { continue }
                if knowsFormats, let format = FileSignature.of(path: whole) {
                    skipped.append(Skipped(path: whole, reason: "\(format.rawValue), not text"))
                } else {
                    files.append(TextFile(path: whole, size: status.byteCount))
                }
            case .link: if filter.keeps(file: own) { skipped.append(Skipped(path: whole, reason: "a link")) }
            case .other: skipped.append(Skipped(path: whole, reason: "neither a file nor a folder"))
            }
        }
    }
}
