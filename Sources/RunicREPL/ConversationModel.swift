public import RunicDisplay
public import RunicSampling

/// The requirements of the REPL on a model.
public protocol ConversationModel: Sendable {
    /// The recurrent state after a text: a value, so that a copy forks the text.
    associatedtype Context: Sendable

    /// The name in the prompt and in `/show`.
    var name: String { get }
    /// A few lines for `/show`: cell, sizes, unit, vocabulary, losses.
    var summary: String { get }
    /// The number of symbols.
    var vocabularySize: Int { get }
    /// The ids that are never sampled.
    var bannedIdentifiers: [Int] { get }

    /// Makes a context that has read no text.
    func start() -> Context
    /// Reads text into the context and reports what the vocabulary lacks; it never throws.
    ///
    /// - Parameter isContinuation: whether the text continues the one read before, cut by `chunkEnd`.
    func read(_ text: String, isContinuation: Bool, into context: inout Context) -> ReadReport
    /// The end of the chunk from `start` of about `size` bytes such that chunks read one after the other give the symbols of the
    /// whole text; the end of the text if it cannot be cut.
    func chunkEnd(of text: [UInt8], from start: Int, size: Int) -> Int
    /// Looks for stop texts, read as the model reads a prompt; its problems name those that cannot occur.
    func stopText(_ texts: [String]) -> StopText
    /// Draws one symbol, reads it into the context, and returns its UTF-8 bytes; a byte model returns incomplete characters.
    func next(_ context: inout Context, sampler: inout Sampler) -> [UInt8]
}
