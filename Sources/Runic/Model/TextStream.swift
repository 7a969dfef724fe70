public import RunicSampling

/// The continuation of a prompt as it is written: an asynchronous sequence of pieces of text.
///
///     for try await piece in model.stream(prompt: "The fox", length: 200) { print(piece, terminator: "") }
///
/// The pieces together are what ``TextModel/generate(prompt:length:settings:stop:)`` returns for the same seed. No piece is
/// empty or ends within a code point, and no piece has text that a stop text may still take back. Nothing is computed before a
/// piece is asked for. If the task is cancelled, the sequence throws `CancellationError` instead of the next piece.
public struct TextStream: AsyncSequence, Sendable {
    /// A piece of text.
    public typealias Element = String

    let model: TextModel
    let prompt: String
    let length: Int
    let settings: SamplerSettings
    let stop: [String]

    /// Writes one continuation.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let stream: TextStream
        /// nil until the prompt is read.
        private var continuation: TextContinuation?
        private var isFinished = false

        init(_ stream: TextStream) { self.stream = stream }

        /// The next piece; nil at the end.
        ///
        /// Other tasks run between two pieces.
        ///
        /// - Throws: ``RunicError`` as ``TextModel/generate(prompt:length:settings:stop:)`` does, or `CancellationError`.
        ///   After an error the sequence has ended.
        public mutating func next() async throws -> String? {
            guard !isFinished else { return nil }
            await Task.yield()
            do {
                try Task.checkCancellation()
                var writing = try continuation ?? stream.begin()
                let piece = try writing.next()
                continuation = writing
                isFinished = piece == nil
                return piece
            } catch {
                isFinished = true
                throw error
            }
        }
    }

    /// An iterator that writes from the prompt on; without a seed in the settings each writes another text.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }

    fileprivate func begin() throws(RunicError) -> TextContinuation {
        try TextContinuation(model, prompt: prompt, length: length, settings: settings, stop: stop)
    }
}

extension TextModel {
    /// Continues a prompt piece by piece.
    ///
    /// - Parameters:
    ///   - prompt: the text to continue; the pieces do not repeat it.
    ///   - length: most symbols to draw.
    ///   - settings: how symbols are drawn.
    ///   - stop: texts before which the stream ends; ``stopText(_:)`` says which of them cannot occur.
    /// - Returns: a sequence whose first piece throws what ``generate(prompt:length:settings:stop:)`` would.
    public func stream(
        prompt: String = "", length: Int = 400, settings: SamplerSettings = SamplerSettings(), stop: [String] = []
    ) -> TextStream {
        TextStream(model: self, prompt: prompt, length: length, settings: settings, stop: stop)
    }
}
