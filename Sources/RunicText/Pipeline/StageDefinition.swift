internal import Synchronization

/// A kind of stage that a registry can make.
public struct StageDefinition: Sendable {
    /// The name in a pipeline.
    public var name: String
    /// The version of its behaviour.
    public var version: Int
    /// Its effect and its options, in a line or two.
    public var summary: String
    /// SHA-256 of the shared library that has the stage, as 64 hexadecimal digits; nil if it is compiled in.
    public var library: String?
    /// The options that are texts with `TextEscapes`, which an archive stores as they are typed.
    public var textOptions: [String]
    /// Whether, with these options, the output determines the input up to canonical equivalence.
    public var isLossless: @Sendable (_ options: [String: String]) -> Bool
    /// Whether, with these options, chunks of a text can be staged apart: the output is the same if the text is cut after a line
    /// feed, or between two letters, digits or spaces of ASCII, or two CJK ideographs or kana. Several threads can then share a file.
    public var isSplittable: @Sendable (_ options: [String: String]) -> Bool
    /// Whether, with these options, no text is changed: the stage is then left out.
    public var isIdentity: @Sendable (_ options: [String: String]) -> Bool
    /// Whether, with these options, the stage takes any bytes: they need not be text.
    public var takesBytes: @Sendable (_ options: [String: String]) -> Bool
    /// Whether, with these options, the stage takes a file's container apart: an encoding, a table, records. That is a fact about the
    /// file, not about the model, so that files of other kinds can be read by the same model.
    public var isContainer: @Sendable (_ options: [String: String]) -> Bool
    /// Options that a new pipeline has where they are not given; an archive has them among its own. So a stage can get better
    /// without changing what older pipelines do.
    public var current: @Sendable (_ options: [String: String]) -> [String: String]
    /// The text between the documents that the stage makes; nil if it makes none.
    public var documentSeparator: @Sendable (_ options: [String: String]) -> String?
    /// Makes a stage; throws for options that it does not accept.
    public var make: @Sendable (_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage

    /// Defines the stage `name`.
    public init(
        name: String, version: Int = 1, library: String? = nil, textOptions: [String] = [],
        isLossless: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        isSplittable: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        isIdentity: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        takesBytes: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        isContainer: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        current: @escaping @Sendable ([String: String]) -> [String: String] = { _ in [:] },
        documentSeparator: @escaping @Sendable ([String: String]) -> String? = { _ in nil },
        make: @escaping @Sendable ([String: String], StageContext) throws(TextError) -> any TextStage,
        summary: String = ""
    ) {
        self.name = name
        self.version = version
        self.library = library
        self.textOptions = textOptions
        self.isLossless = isLossless
        self.isSplittable = isSplittable
        self.isIdentity = isIdentity
        self.takesBytes = takesBytes
        self.isContainer = isContainer
        self.current = current
        self.documentSeparator = documentSeparator
        self.make = make
        self.summary = summary
    }
}

/// The text that a stage is made for.
public struct StageContext: Sendable {
    /// The file, for error messages; empty for text in memory, `-` for standard input.
    public var path: String

    /// Whether the text continues one that began elsewhere, so that it has no byte order mark.
    public var isContinuation: Bool

    /// Whether the text is in memory, such as a prompt: it is then UTF-8, whatever encoding the corpus has.
    public var isInMemory: Bool { path.isEmpty }

    /// Whether a file may be plain text in UTF-8 although the pipeline takes a container apart.
    package var acceptsPlainText = false
    /// What stages remember from file to file; nil: each file is on its own.
    var memory: CorpusMemory?
    /// The index of the stage in its pipeline.
    var stageIndex = 0

    /// Describes the text at `path`.
    public init(path: String = "", isContinuation: Bool = false) {
        self.path = path
        self.isContinuation = isContinuation
    }
}

/// What stages remember over all files of a corpus, by their index in the pipeline.
final class CorpusMemory: Sendable {
    private let seen = Mutex<[Int: Set<UInt128>]>([:])

    /// Notes a passage by its hash; returns whether it is the first of its kind at that stage.
    func insert(_ hash: UInt128, stage: Int) -> Bool {
        seen.withLock { $0[stage, default: []].insert(hash).inserted }
    }
}
