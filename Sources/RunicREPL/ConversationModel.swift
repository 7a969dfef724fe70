public import RunicSampling

/// What the REPL needs from a model.
public protocol ConversationModel: Sendable {
    /// The model's memory of its text: a value, so that copying it forks it.
    associatedtype Context: Sendable

    /// The name in the prompt and in `/show`.
    var name: String { get }
    /// A few lines for `/show`: cell, sizes, unit, vocabulary, losses.
    var summary: String { get }
    /// The number of symbols.
    var vocabularySize: Int { get }
    /// The identifiers that are never sampled.
    var bannedIdentifiers: [Int] { get }

    /// Makes a fresh context that has read no text.
    func start() -> Context
    /// Reads text into the context; it never fails: what the model does not know is read as unknown and reported.
    func read(_ text: String, into context: inout Context) -> ReadReport
    /// Draws one symbol, advances the context by it, and returns its UTF-8 bytes, for byte models a part of a character.
    func next(_ context: inout Context, sampler: inout Sampler) -> [UInt8]
}
