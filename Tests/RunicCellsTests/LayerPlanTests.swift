import RunicCells
import Testing

@Suite("The plan of a layer")
struct LayerPlanTests {
    private func shape(_ cell: String, layers: Int = 3, _ change: (inout LayerOptions) -> Void = { _ in }) throws
        -> StackShape
    {
        var options = LayerOptions()
        change(&options)
        return StackShape(
            cell: try CellRegistry().cell(named: cell), layers: layers, inputSize: 5, hiddenSize: 7, options: options)
    }

    @Test("has no operation that the stack does not need")
    func plain() throws {
        let plan = LayerPlan(try shape("lstm"), layer: 1, readsTable: false)
        #expect(plan.operations == [.multiplyInput, .multiplyHidden, .stepCell, .finishOutput])
        #expect(plan.steps == [.multiplyHidden, .stepCell])
        let first = LayerPlan(try shape("gru"), layer: 0, readsTable: true)
        #expect(first.operations == [.multiplyHidden, .stepCell, .finishOutput])
    }

    @Test("has all of them, in order, where a stack needs all")
    func everything() throws {
        let mgu = try shape("mgu") {
            $0.layerNorm = true
            $0.zoneoutHidden = 0.1
        }
        var use = LayerPlan.Use()
        (use.resets, use.masksHidden) = (true, true)
        let plan = LayerPlan(mgu, layer: 1, readsTable: false, use: use)
        #expect(plan.operations == LayerOperation.allCases.filter { $0 != .project })
        #expect(plan.beforeSteps + plan.steps + plan.afterSteps == plan.operations)
        #expect(plan.stepsBackward == plan.steps.reversed())
        let lstm = LayerPlan(try shape("lstm") { $0.projectionSize = 3 }, layer: 0, readsTable: false)
        #expect(lstm.has(.project))
    }

    @Test("says what is read of each layer")
    func outputs() throws {
        func outputs(_ shape: StackShape) -> [LayerPlan.Output] {
            (0..<shape.layers).map { LayerPlan(shape, layer: $0, readsTable: false).output }
        }
        #expect(try outputs(shape("gru")) == [.hidden, .hidden, .hidden])
        #expect(try outputs(shape("gru") { $0.residual = true }) == [.hidden, .hiddenPlusInput, .hiddenPlusInput])
        #expect(try outputs(shape("gru") { $0.skip = true }) == [.hidden, .hidden, .sumOfHidden])
        #expect(try outputs(shape("gru", layers: 1) { $0.skip = true }) == [.hidden])
    }

    @Test("a sum of hidden states has no 8-bit form for the softmax, while layers read theirs in 8 bits")
    func bounds() throws {
        let sums = try shape("lstm") { $0.skip = true }
        #expect(!sums.boundsSoftmaxInput && sums.boundsInput(ofLayer: 2) && !sums.boundsInput(ofLayer: 0))
        let adds = try shape("lstm") { $0.residual = true }
        #expect(!adds.boundsSoftmaxInput && !adds.boundsInput(ofLayer: 2) && adds.boundsInput(ofLayer: 1))
    }

    @Test(
        "only a cell with an input gate and a forget gate can cap",
        arguments: ["lstm", "peephole", "lstm:linear-input"])
    func caps(cell: String) throws {
        let capped = try shape(cell) { $0.capsInputGate = true }
        #expect(try capped.gateSize == shape(cell).gateSize)
    }

    @Test(
        "the others say why not",
        arguments: ["gru", "rnn", "mgu", "coupled", "lstm:no-input-gate", "lstm:no-forget-gate"])
    func refuses(cell: String) throws {
        var options = LayerOptions()
        options.capsInputGate = true
        let conflict = try options.conflict(with: CellRegistry().cell(named: cell), named: cell)
        #expect(try #require(conflict).contains(cell == "coupled" ? "which no cap changes" : "no input gate that"))
    }

    @Test("skip and residual connections exclude each other")
    func exclusive() throws {
        var options = LayerOptions()
        (options.skip, options.residual) = (true, true)
        #expect(try options.conflict(with: CellRegistry().cell(named: "gru"), named: "gru")?.contains("--skip") == true)
    }
}
