public import RunicSampling

/// The state of a REPL: model, text, settings and what can be taken back. It knows no terminal.
///
/// Submit a line; if the action is `generate`, call `step()` until it returns nil. The text goes on right behind what was typed;
/// with `/newline on` the model reads a new line after each typed line. The model's context is kept, so that the next prompt goes
/// on from there. `transcript` is always exactly what the model has read and generated since the start.
public struct REPLSession<Model: ConversationModel>: Sendable {
    /// The number of exchanges that can be taken back; older ones stay in the text for good.
    public static var undoLimit: Int { 1000 }
    /// The most that `/length` takes.
    public static var maximumLength: Int { 1_000_000_000 }

    /// The model that reads and writes.
    public internal(set) var model: Model
    /// How symbols are drawn.
    public internal(set) var settings: SamplerSettings
    /// The most symbols of one continuation.
    public internal(set) var length: Int
    /// The text after which a continuation ends; it is part of the continuation.
    public internal(set) var stop: String?
    /// Whether a new line is read after each typed line that is not empty.
    public internal(set) var readsNewline = false
    /// The model's memory of the text.
    public internal(set) var context: Model.Context

    let registry: TransformRegistry
    var sampler: Sampler
    /// The text of exchanges that can no longer be taken back.
    var settled: [UInt8] = []
    var exchanges: [Exchange<Model.Context>] = []
    var generation: Generation?

    /// Creates a session with an empty text.
    ///
    /// - Throws: `SamplingError` if the settings do not make a sampler for this model.
    public init(
        model: Model, settings: SamplerSettings = SamplerSettings(), length: Int = 400,
        registry: TransformRegistry = TransformRegistry()
    ) throws(SamplingError) {
        self.model = model
        self.settings = settings
        self.length = min(max(length, 0), Self.maximumLength)
        self.registry = registry
        sampler = try Sampler(
            settings: settings, vocabularySize: model.vocabularySize, banned: model.bannedIdentifiers,
            registry: registry)
        context = model.start()
    }

    /// The bytes of the whole text: what was typed and what was generated, in order.
    public var transcript: [UInt8] {
        exchanges.reduce(into: settled) { text, exchange in
            text += exchange.prompt
            text += exchange.continuation
        }
    }

    /// The seed of the random generator, from the settings or chosen when they have none.
    public var seed: UInt64 { sampler.seed }

    /// Whether `step()` has more to do.
    public var isGenerating: Bool { generation != nil }

    /// Takes a typed line, without its line end; a generation under way is interrupted first.
    public mutating func submit(line: String) -> REPLAction {
        interrupt()
        do throws(CommandError) {
            switch try TypedLine(parsing: line) {
            case .prompt(let text):
                begin(prompt: Array(text.utf8) + (readsNewline && !text.isEmpty ? [UInt8(ascii: "\n")] : []))
                return .generate
            case .command(let command, let value):
                return try perform(command, value: value)
            }
        } catch {
            return .refusal(error.message)
        }
    }

    /// Goes on with another model: the text is forgotten, the settings stay, the random generator too.
    ///
    /// - Throws: `SamplingError` if the settings do not make a sampler for this model; then nothing has changed.
    public mutating func replaceModel(_ model: Model) throws(SamplingError) {
        var kept = settings
        kept.seed = sampler.seed
        var sampler = try Sampler(
            settings: kept, vocabularySize: model.vocabularySize, banned: model.bannedIdentifiers, registry: registry)
        try sampler.update(settings, registry: registry)
        sampler.generator = self.sampler.generator
        self.sampler = sampler
        self.model = model
        clear()
    }

    mutating func clear() {
        generation = nil
        exchanges = []
        settled = []
        context = model.start()
    }
}
