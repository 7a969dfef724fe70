/// A kind of stage that a registry can make.
public struct StageDefinition: Sendable {
    /// The name by which pipelines ask for it.
    public var name: String
    /// The version of its behaviour.
    public var version: Int
    /// What it does and which options it has, in a line or two.
    public var summary: String
    /// SHA-256 of the shared library that the stage comes from, as 64 hexadecimal digits; nil for one that is compiled in.
    public var library: String?
    /// Whether, with these options, the input can be told from the output up to canonical equivalence.
    public var isLossless: @Sendable (_ options: [String: String]) -> Bool
    /// Whether, with these options, parts of a text can be staged apart: the same comes out when it is cut behind a line feed, or
    /// between two letters, digits or spaces of ASCII, or two CJK ideographs or kana. Large files then go through several
    /// threads.
    public var isSplittable: @Sendable (_ options: [String: String]) -> Bool
    /// Whether, with these options, every text comes out as it is: the stage is then left out.
    public var isIdentity: @Sendable (_ options: [String: String]) -> Bool
    /// Makes a stage, or throws what is wrong with the options.
    public var make: @Sendable (_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage

    /// Defines the stage `name`.
    public init(
        name: String, version: Int = 1, library: String? = nil,
        isLossless: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        isSplittable: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        isIdentity: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        make: @escaping @Sendable ([String: String], StageContext) throws(TextError) -> any TextStage,
        summary: String = ""
    ) {
        self.name = name
        self.version = version
        self.library = library
        self.isLossless = isLossless
        self.isSplittable = isSplittable
        self.isIdentity = isIdentity
        self.make = make
        self.summary = summary
    }
}
