public struct EvaluationReport: Codable, Sendable {
    public var nats: Double
    public init(
        nats: Double, symbols: Int, vocabularySize: Int, characters: Int, bytes: Int, unknownSymbols: Int,
        unknownCodePoints: Int, lossy: Bool
    ) { self.nats = nats / Double(symbols - 1) }
    public func rendered() -> String { "nats_per_symbol \(nats)" }
}
