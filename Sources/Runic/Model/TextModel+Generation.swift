public import RunicDisplay
internal import RunicModel
public import RunicSampling
internal import RunicText
internal import RunicSymbols

extension TextModel {
    /// The recurrent state after a text: a value of a few kilobytes, so that a copy forks the text.
    public struct Context: Sendable {
        var state: InferenceState
        /// Finds where documents begin.
        var matcher: SeparatorMatcher
        /// Holds the bytes drawn so far of an unfinished character.
        var writer: CharacterWriter
        /// Whether the model's output is a number for every symbol: one that has diverged says nothing, whatever it read.
        public var isFinite: Bool { state.logits.allSatisfy(\.isFinite) }
    }

    /// The ids that are never drawn between two characters: the unknown symbol and, where characters are written in bytes, those that
    /// begin none.
    public var bannedIdentifiers: [Int] { (vocabulary.unknown.map { [$0] } ?? []) + (writtenBytes?.neverFirst ?? []) }

    /// The bytes that characters are made of; nil if every symbol is written at once.
    private var writtenBytes: CharacterBytes? { vocabulary.unit == .byte && !keepsUTF8 ? nil : characterBytes }

    /// A context at the beginning of a text.
    ///
    /// It has read a document separator if the model knows one, else a line end if the vocabulary has one.
    public func start() -> Context {
        var context = Context(
            state: inference.start(), matcher: SeparatorMatcher(separator),
            writer: CharacterWriter(writtenBytes, unit: vocabulary.unit))
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

    /// Reads one symbol; the first one of a document resets the state.
    func advance(_ identifier: Int, _ context: inout Context) {
        if context.matcher.take(UInt16(identifier)) { context.state = inference.start() }
        inference.read(identifier, into: &context.state)
    }

    /// Reads text; unseen symbols are spelled, read as *unknown*, or left out, and reported.
    ///
    /// A character that was drawn in part is dropped. If a stage fails on the text, nothing is read and the report says why.
    ///
    /// - Parameters:
    ///   - text: the text to read.
    ///   - isContinuation: whether the text continues the one read before, cut by ``chunkEnd(of:from:size:)``.
    ///   - context: the state of the model, which takes up the text.
    /// - Complexity: one step of the model for each id; a symbol has one id unless it is spelled.
    @discardableResult
    public func read(_ text: String, isContinuation: Bool = false, into context: inout Context) -> ReadReport {
        do throws(TextError) {
            let encoded = try pipeline.encode(
                Array(text.utf8), vocabulary: vocabulary, isContinuation: isContinuation)
            return read(encoded, into: &context)
        } catch {
            // Invalid bytes cannot come from a String, so only a stage that is not built in can fail here.
            return ReadReport(failure: error.description)
        }
    }

    /// Reads a prompt of bytes, which need not be UTF-8 if the model's unit is the byte and its stages take any bytes.
    ///
    /// If they end within a character, what is drawn next completes it, where the model keeps UTF-8.
    ///
    /// - Throws: ``RunicError/text(_:)`` if the model needs text, or a stage fails; then nothing is read.
    /// - Complexity: one step of the model for each id.
    @discardableResult
    public func read(bytes: [UInt8], into context: inout Context) throws(RunicError) -> ReadReport {
        do throws(TextError) {
            return read(try pipeline.encode(bytes, vocabulary: vocabulary), into: &context)
        } catch {
            throw .text(error)
        }
    }

    /// Reads symbols, and drops a character that was drawn in part.
    func read(_ text: EncodedText, into context: inout Context) -> ReadReport {
        if text.symbolCount > 0 { context.writer.read(text.identifiers) }
        for identifier in text.identifiers { advance(Int(identifier), &context) }
        return ReadReport(
            symbols: text.symbolCount - text.droppedSymbols, spelled: text.spelledSymbols, unknown: text.unknownSymbols,
            leftOut: text.droppedSymbols,
            unknownExamples: text.unknownExamples.map { String(decoding: $0.bytes, as: UTF8.self) },
            hasMoreUnknown: text.hasMoreUnknown)
    }

    /// The end of the first chunk of a long text that can be read on its own: all chunks, read one after the other, give the symbols
    /// of the whole text.
    ///
    /// - Parameters:
    ///   - text: in UTF-8.
    ///   - start: where the chunk begins.
    ///   - size: the bytes that the chunk should have; it has more if the text cannot be cut earlier.
    /// - Complexity: O(bytes of the chunk).
    public func chunkEnd(of text: [UInt8], from start: Int, size: Int) -> Int {
        pipeline.chunkEnd(of: text, from: start, size: size)
    }

    /// Draws the next symbol and reads it.
    ///
    /// - Precondition: this model, in this precision, started the context; ``makeSampler(_:registry:)`` made the sampler, or it bans
    ///   the same ids.
    /// - Returns: the symbol's bytes, in UTF-8. A byte of a character returns nothing until the character is complete. A model whose
    ///   unit is the byte returns single bytes unless it keeps UTF-8.
    public func next(_ context: inout Context, sampler: inout Sampler) -> [UInt8] {
        let identifier = context.writer.draw(from: context.state.logits.span, sampler: &sampler)
        advance(identifier, &context)
        return context.writer.write(identifier) ?? vocabulary.bytes(of: identifier)
    }

    /// A sampler for this model.
    ///
    /// - Parameters:
    ///   - settings: how symbols are drawn.
    ///   - registry: the transforms that the settings may name; nil: those of ``environment``.
    /// - Throws: `SamplingError` for settings out of range.
    public func makeSampler(
        _ settings: SamplerSettings = SamplerSettings(), registry: TransformRegistry? = nil
    ) throws(SamplingError) -> Sampler {
        try Sampler(
            settings: settings, vocabularySize: vocabulary.count, banned: bannedIdentifiers,
            registry: registry ?? environment.transforms)
    }

    /// Continues a prompt; the result repeats neither it nor the stop text.
    ///
    /// - Parameters:
    ///   - prompt: the text to continue.
    ///   - length: symbols to draw.
    ///   - settings: how symbols are drawn.
    ///   - stop: texts before which the result ends; ``stopText(_:)`` says which of them cannot occur.
    /// - Throws: ``RunicError/sampling(_:)`` for settings out of range, ``RunicError/text(_:)`` if a stage fails on the prompt,
    ///   ``RunicError/notFinite(model:what:)`` if the model has diverged.
    public func generate(
        prompt: String = "", length: Int = 400, settings: SamplerSettings = SamplerSettings(), stop: [String] = []
    ) throws(RunicError) -> String {
        var continuation = try TextContinuation(
            self, prompt: prompt, length: length, settings: settings, stop: stop)
        var text = ""
        while let piece = try continuation.next() { text += piece }
        return text
    }
}
