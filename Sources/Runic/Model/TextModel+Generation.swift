internal import RunicModel
public import RunicSampling
internal import RunicText
internal import RunicTraining
internal import RunicSymbols

extension TextModel {
    /// A model's memory of its text: a few kilobytes that can be copied, kept and forked.
    public struct Context: Sendable {
        var state: InferenceState
        /// Sees where documents begin.
        var matcher: SeparatorMatcher
        /// What is drawn of a character so far.
        var writer: CharacterWriter
    }

    /// What a model made of a text that it read.
    public struct Reading: Sendable, Hashable {
        /// Symbols read.
        public var symbols: Int
        /// Symbols that the vocabulary neither has nor spells, and the first few of them.
        public var unseen: Int
        public var unseenExamples: [String]
        /// Why nothing was read: what a stage that is not built in says of the text; nil where it was read.
        public var failure: String?
    }

    /// The ids that are not drawn but inside an unfinished character: the unknown symbol and, where the vocabulary spells in
    /// bytes, those that begin none.
    public var bannedIdentifiers: [Int] { (vocabulary.unknown.map { [$0] } ?? []) + CharacterWriter.banned(vocabulary) }

    /// A context at the beginning of a text: it has read the end of a document separator where the model knows one, else a
    /// line end where the vocabulary has one.
    public func start() -> Context {
        var context = Context(
            state: inference.start(), matcher: SeparatorMatcher(separator), writer: CharacterWriter(vocabulary))
        guard separator.isEmpty else {
            for symbol in separator { advance(Int(symbol), &context) }
            return context
        }
        for end in ["\n", "\r\n"] {
            if let identifier = vocabulary.identifier(of: Symbol(end.utf8)) {
                advance(identifier, &context)
                break
            }
        }
        return context
    }

    /// Reads one symbol; one that a document begins with finds the state before any text.
    func advance(_ identifier: Int, _ context: inout Context) {
        if context.matcher.take(UInt16(identifier)) { context.state = inference.start() }
        inference.read(identifier, into: &context.state)
    }

    /// Reads text. What the vocabulary does not have is read as it spells it, or as *unknown*, or left out where there is neither.
    ///
    /// A character that was drawn in part is forgotten.
    ///
    /// - Complexity: one step of the model an id, of which a symbol has one unless it is spelled.
    @discardableResult
    public func read(_ text: String, into context: inout Context) -> Reading {
        var reading = Reading(symbols: 0, unseen: 0, unseenExamples: [])
        let symbols: [Symbol]
        do throws(TextError) {
            symbols = try pipeline.symbols(of: Array(text.utf8))
        } catch {
            // Invalid bytes cannot come from a String, so only a stage that is not built in can fail here.
            reading.failure = error.description
            return reading
        }
        if !symbols.isEmpty { context.writer.reset() }
        for symbol in symbols {
            if vocabulary.byteBase == nil && vocabulary.identifier(of: symbol) == nil {
                reading.unseen += 1
                let shown = String(decoding: symbol.bytes, as: UTF8.self)
                if reading.unseenExamples.count < 5 && !reading.unseenExamples.contains(shown) {
                    reading.unseenExamples.append(shown)
                }
            }
            guard let identifiers = vocabulary.spelling(of: symbol) else { continue }
            for identifier in identifiers { advance(Int(identifier), &context) }
            reading.symbols += 1
        }
        return reading
    }

    /// Draws the next symbol and reads it.
    ///
    /// - Precondition: the context was started by this model, read in this precision, and the sampler is
    ///   ``makeSampler(_:registry:)``'s or bans the same ids.
    /// - Returns: the symbol's bytes; UTF-8 but for models whose unit is the byte, where it is part of it. A byte that spells
    ///   gives none until its character is whole.
    public func next(_ context: inout Context, sampler: inout Sampler) -> [UInt8] {
        let identifier = context.writer.draw(from: context.state.logits.span, sampler: &sampler)
        advance(identifier, &context)
        return context.writer.write(identifier) ?? vocabulary.bytes(of: identifier)
    }

    /// A sampler for this model.
    ///
    /// - Throws: `SamplingError` for settings out of range.
    public func makeSampler(
        _ settings: SamplerSettings = SamplerSettings(), registry: TransformRegistry = TransformRegistry()
    ) throws(SamplingError) -> Sampler {
        try Sampler(
            settings: settings, vocabularySize: vocabulary.count, banned: bannedIdentifiers, registry: registry)
    }

    /// A continuation of a prompt.
    ///
    /// - Parameters:
    ///   - length: symbols to draw.
    /// - Throws: `SamplingError` for settings out of range.
    public func generate(
        prompt: String = "", length: Int = 400, settings: SamplerSettings = SamplerSettings()
    ) throws(SamplingError) -> String {
        var sampler = try makeSampler(settings)
        var context = start()
        read(prompt, into: &context)
        var bytes: [UInt8] = []
        for _ in 0..<max(length, 0) { bytes += next(&context, sampler: &sampler) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
