internal import RunicDisplay
internal import RunicSampling
internal import RunicText

/// Writes the continuation of a prompt, one complete piece of text at a time.
struct TextContinuation: Sendable {
    private let model: TextModel
    private var context: TextModel.Context
    private var sampler: Sampler
    private var stop: StopText
    private var assembler = UTF8Assembler()
    /// Symbols that may still be drawn.
    private var left: Int
    private var isFinished = false

    /// Reads the prompt.
    ///
    /// - Throws: ``RunicError/sampling(_:)`` for settings out of range, ``RunicError/text(_:)`` if a stage fails on the prompt.
    init(
        _ model: TextModel, prompt: String, length: Int, settings: SamplerSettings, stop: [String]
    ) throws(RunicError) {
        self.model = model
        do throws(SamplingError) { sampler = try model.makeSampler(settings) } catch { throw .sampling(error) }
        context = model.start()
        do throws(TextError) {
            _ = model.read(try model.pipeline.encode(prompt, vocabulary: model.vocabulary), into: &context)
        } catch {
            throw .text(error)
        }
        self.stop = model.stopText(stop)
        left = max(length, 0)
    }

    /// The next piece, never empty; nil at the end.
    ///
    /// - Throws: ``RunicError/notFinite(model:what:)`` if the model has diverged, and says nothing.
    mutating func next() throws(RunicError) -> String? {
        while left > 0 && !stop.isFound {
            guard context.isFinite else { throw .notFinite(model: model.name, what: "the output") }
            left -= 1
            let piece = assembler.add(stop.add(model.next(&context, sampler: &sampler)))
            if !piece.isEmpty { return piece }
        }
        guard !isFinished else { return nil }
        isFinished = true
        let rest = assembler.add(stop.finish()) + assembler.finish()
        return rest.isEmpty ? nil : rest
    }
}
