import RunicCells
import RunicKernels
import RunicModel
import Testing

@Suite struct StepCostTests {
    private func cost(embeddingDropout: Double) throws -> StepCost {
        try StepCost(
            ModelConfiguration(cell: "gru", vocabularySize: 11, embeddingSize: 5, hiddenSize: 7, layers: 2), batch: 3,
            time: 4, precision: .float32, embeddingDropout: embeddingDropout)
    }

    @Test("a small vocabulary has a table: 11 · 5 · 21 multiply-adds for it, and inputs of the second layer only")
    func table() throws {
        let cost = try cost(embeddingDropout: 0)
        #expect(cost.multiplyAdds(.packing) == 11 * 5 * 21)
        #expect(cost.multiplyAdds(.inputProducts) == 2 * 12 * 21 * 7)
    }

    @Test("with dropout of the embeddings there is no table: every position multiplies its own")
    func embeddingDropout() throws {
        let cost = try cost(embeddingDropout: 0.1)
        #expect(cost.multiplyAdds(.packing) == 0)
        #expect(cost.multiplyAdds(.inputProducts) == 2 * 12 * 21 * (7 + 5))
    }
}
