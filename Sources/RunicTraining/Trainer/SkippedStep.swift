/// A step that was left out because its loss or gradient was not a finite number, with what it takes to look at its batch.
public struct SkippedStep: Sendable, Hashable, Codable {
    /// The index of the first symbol that each row of the batch read, counted from the first symbol of the text.
    public var batch: [Int]
    /// How many symbols each row read, the last predicted one included.
    public var symbols: Int
    /// The loss in nats per symbol and the norm of the gradient: one of them is not finite.
    public var loss: Double
    public var gradientNorm: Double

    enum CodingKeys: String, CodingKey {
        case batch, symbols, loss
        case gradientNorm = "gradient_norm"
    }
}
