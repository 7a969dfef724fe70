internal import RunicDisplay
public import RunicSampling

/// The state of a REPL: model, text, settings and what can be taken back. It knows no terminal.
///
/// Submit a line; if the action is `generate`, call `step()` until it returns nil. The model continues the typed line, or the new
/// line after it with `/newline on`. The context is kept, so the next prompt continues the same text. `transcript` is exactly what
/// the model has read and generated since the start.
public struct REPLSession<Model: ConversationModel>: Sendable {
    /// The number of turns that can be taken back; older ones stay in the text for good.
    public static var undoLimit: Int { 1000 }
    /// The most that `/length` takes.
    public static var maximumLength: Int { 1_000_000_000 }

    /// The model that reads and writes.
    public internal(set) var model: Model
    /// How symbols are drawn.
    public internal(set) var settings: SamplerSettings
    /// The most symbols of one continuation.
    public internal(set) var length: Int
    /// The text that ends a continuation. It is not shown, but the model has generated it, so the text continues after it.
    public internal(set) var stop: String? {
        didSet { stopText = model.stopText(stop.map { [$0] } ?? []) }
    }
    /// Whether a backslash in a typed line begins an escape.
    public let readsEscapes: Bool
    /// Whether a new line is read after each typed line that is not empty.
    public internal(set) var readsNewline = false
    /// The model's recurrent state after the text.
    public internal(set) var context: Model.Context

    /// What looks for ``stop``.
    var stopText = StopText()
    let registry: TransformRegistry
    var sampler: Sampler
    /// The text of turns that can no longer be taken back.
    var settled: [UInt8] = []
    var turns: [Turn<Model.Context>] = []
    var generation: Generation?

    /// Creates a session with an empty text.
    ///
    /// - Throws: `SamplingError` if the settings do not make a sampler for this model.
    public init(
        model: Model, settings: SamplerSettings = SamplerSettings(), length: Int = 400, readsEscapes: Bool = true,
        registry: TransformRegistry = TransformRegistry()
    ) throws(SamplingError) {
        self.model = model
        self.settings = settings
        self.length = min(max(length, 0), Self.maximumLength)
        self.readsEscapes = readsEscapes
        self.registry = registry
        sampler = try Sampler(
            settings: settings, vocabularySize: model.vocabularySize, banned: model.bannedIdentifiers,
            registry: registry)
        context = model.start()
    }

    /// The bytes of the whole text: what was typed and what was generated, in order.
    public var transcript: [UInt8] {
        turns.reduce(into: settled) { text, turn in
            text += turn.prompt
            text += turn.continuation
        }
    }

    /// The seed of the random generator: that of the settings, or a random one if they have none.
    public var seed: UInt64 { sampler.seed }

    /// Why the stop text never stops this model, in one line; nil if it may.
    public var stopProblem: String? { stopText.problems.first }

    /// Whether `step()` has more to do.
    public var isGenerating: Bool { generation != nil }

    /// Takes a typed line, without its line end; a generation under way is interrupted first.
    public mutating func submit(line: String) -> REPLAction {
        interrupt()
        do throws(CommandError) {
            switch try TypedLine(parsing: line, readsEscapes: readsEscapes) {
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

    /// Changes to another model, with an empty text; settings and random generator are kept.
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
        stopText = model.stopText(stop.map { [$0] } ?? [])
        clear()
    }

    /// Empties the text.
    mutating func clear() {
        generation = nil
        turns = []
        settled = []
        context = model.start()
    }
}

/// A prompt and its continuation, with the contexts to return to.
struct Turn<Context: Sendable>: Sendable {
    /// The context before the prompt.
    let before: Context
    /// The context between prompt and continuation.
    var afterPrompt: Context
    /// The beginning of the prompt that was read, in UTF-8.
    var prompt: [UInt8] = []
    /// The generated bytes, a stop text included.
    var continuation: [UInt8] = []
}
