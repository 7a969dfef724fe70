/// A symbol and the bytes of the original text that it stands for.
public struct TracedSymbol: Sendable, Hashable {
    /// The symbol, after all stages.
    public let symbol: Symbol
    /// Its bytes in the original text, from the text's start; empty, where it would stand, for what a stage put in.
    ///
    /// What a stage made of several bytes together, such as a composed letter, stands for all of them.
    public let range: Range<Int>
}
