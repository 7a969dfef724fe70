/// A kind of stage that a registry can make.
public struct StageDefinition: Sendable {
    /// The name by which pipelines ask for it.
    public var name: String
    /// The version of its behaviour.
    public var version: Int
    /// Whether, with these options, the input can be told from the output up to canonical equivalence.
    public var isLossless: @Sendable (_ options: [String: String]) -> Bool
    /// Makes a stage, or throws what is wrong with the options.
    public var make: @Sendable (_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage

    /// Defines the stage `name`.
    public init(
        name: String, version: Int = 1, isLossless: @escaping @Sendable ([String: String]) -> Bool = { _ in false },
        make: @escaping @Sendable ([String: String], StageContext) throws(TextError) -> any TextStage
    ) {
        self.name = name
        self.version = version
        self.isLossless = isLossless
        self.make = make
    }
}
