import RunicCells
import RunicModel
import Testing

@testable import RunicEvaluation
@testable import RunicComparison

struct ModelMatchingTests {
    static let bases = [
        ModelConfiguration(cell: "lstm", vocabularySize: 65, embeddingSize: 128, hiddenSize: 128, layers: 2),
        ModelConfiguration(cell: "lstm", vocabularySize: 65, embeddingSize: 512, hiddenSize: 512, layers: 2),
        ModelConfiguration(cell: "gru", vocabularySize: 4_000, embeddingSize: 64, hiddenSize: 200, layers: 1),
        ModelConfiguration(cell: "rnn", vocabularySize: 11, embeddingSize: 7, hiddenSize: 7, layers: 3),
    ]

    /// Parameters from PyTorch's shapes, gate count g: V·D + Σ g·H·(in + H + 2) + V·H + V.
    private func count(_ configuration: ModelConfiguration) throws -> Int {
        let gates = try #require(["rnn": 1, "gru": 3, "lstm": 4][configuration.cell])
        let (V, D, H) = (configuration.vocabularySize, configuration.embeddingSize, configuration.hiddenSize)
        let first = gates * H * (D + H + 2)
        return V * D + first + (configuration.layers - 1) * gates * H * (2 * H + 2) + V * H + V
    }

    @Test("The count that matching rests on is the length of the tensors", arguments: bases)
    func countOfTensors(base: ModelConfiguration) throws {
        #expect(try ModelParameters.count(base) == count(base))
        var small = base
        (small.embeddingSize, small.hiddenSize, small.vocabularySize) = (5, 6, 9)
        #expect(try ModelParameters(configuration: small).layout.parameterCount == count(small))
    }

    @Test("No hidden size comes nearer, but for multiples of 8 within half a percent", arguments: bases)
    func nearest(base: ModelConfiguration) throws {
        let target = try count(base)
        let found = try ModelMatching.configurations(cells: ["rnn", "gru", "lstm"], base: base, matching: .parameters)
        #expect(found.map(\.cell) == ["rnn", "gru", "lstm"])
        for configuration in found {
            guard configuration.cell != base.cell else {
                #expect(configuration == base)
                continue
            }
            let tied = base.embeddingSize == base.hiddenSize
            #expect(configuration.embeddingSize == (tied ? configuration.hiddenSize : base.embeddingSize))
            func distance(_ hidden: Int) throws -> Int {
                var other = configuration
                other.hiddenSize = hidden
                if tied { other.embeddingSize = hidden }
                return abs(try count(other) - target)
            }
            let own = try distance(configuration.hiddenSize)
            let best = try (1...4_000).map { try distance($0) }.min()
            let isRound = configuration.hiddenSize % 8 == 0 && Double(own) <= 0.005 * Double(target)
            #expect(isRound || own == best, "\(configuration)")
        }
    }

    @Test("A multiple of 8 is taken where it is near enough")
    func round() throws {
        let found = try ModelMatching.configurations(
            cells: ["lstm", "gru"], base: Self.bases[1], matching: .time)
        #expect(found[1].hiddenSize % 8 == 0)
    }

    @Test("A larger base never gives a smaller match")
    func monotone() throws {
        var before = 0
        for hidden in 1...150 {
            let base = ModelConfiguration(
                cell: "lstm", vocabularySize: 30, embeddingSize: hidden, hiddenSize: hidden, layers: 2)
            let found = try ModelMatching.configurations(cells: ["gru"], base: base, matching: .parameters)
            #expect(found[0].hiddenSize >= before && found[0].hiddenSize >= hidden)
            before = found[0].hiddenSize
        }
    }

    @Test("Equal hidden size changes nothing but the cell")
    func hidden() throws {
        let found = try ModelMatching.configurations(cells: ["gru", "rnn"], base: Self.bases[0], matching: .hidden)
        #expect(found.map(\.hiddenSize) == [128, 128] && found.map(\.embeddingSize) == [128, 128])
    }

    @Test("An unknown cell is an error that names those there are", arguments: ComparisonMatching.allCases)
    func unknown(matching: ComparisonMatching) {
        let error = #expect(throws: ModelError.self) {
            try ModelMatching.configurations(cells: ["lstm", "lsmt"], base: Self.bases[0], matching: matching)
        }
        #expect(error?.description == "no cell is named lsmt; there are rnn, lstm, gru, mgu, coupled, peephole")
    }
}
