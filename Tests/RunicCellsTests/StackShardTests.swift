import RunicCells
import RunicKernels
import RunicReference
import Testing

/// The stack alone: hidden states of passes of several lengths, with the state set, carried and forgotten.
@Suite struct StackShardTests {
    private let arena = Arena()

    private struct Stack {
        var reference: ReferenceModel
        var shard: StackShard
        /// Owns the memory that the shard reads.
        var buffer: Arena
    }

    private func make(_ cell: ReferenceCell, _ input: SymbolInput, rows: Int, time: Int) throws -> Stack {
        let reference = ReferenceModel(
            ReferenceSpecification(cell: cell, vocabularySize: 9, embeddingSize: 5, hiddenSize: 7, layers: 2))
        let shape = StackShape(
            cell: try CellRegistry().cell(named: cell.rawValue), layers: 2, inputSize: 5, hiddenSize: 7)
        var layout = ParameterLayout()
        layout.append("embedding.weight", [9, 5])
        shape.appendParameters(to: &layout)
        let blocks = ParameterBlocks(layout: layout, whole: arena.block(rows: 1, columns: layout.length))
        for entry in layout.entries {
            blocks[entry.name].assign(from: try #require(reference.tensors[entry.name]).map { Float($0) })
        }
        let weights = try StackWeights(
            shape: shape, parameters: blocks, symbolInput: input, precision: .float32, library: MatrixLibrary(),
            trains: false, rowsHint: rows)
        for task in weights.refreshTasks { task(nil) }
        let shard = try StackShard(weights: weights, rows: rows, time: time, trains: false)
        return Stack(reference: reference, shard: shard, buffer: arena)
    }

    private func identifiers(_ batch: ReferenceBatch) -> Block<Int32> {
        let made: Block<Int32> = arena.block(rows: batch.symbols.count, columns: 1)
        made.assign(from: batch.symbols.map { Int32($0) })
        return made
    }

    private func batch(rows: Int, time: Int, from start: Int) -> ReferenceBatch {
        ReferenceBatch(texts: (0..<rows).map { row in (0...time).map { ($0 * $0 + 3 * row + start) % 9 } })
    }

    /// A layer's states as the reference keeps them, in the order that a shard lists them.
    private func flat(_ state: ReferenceState, _ cell: ReferenceCell) -> [Double] {
        zip(state.hidden, state.cell).flatMap { cell == .lstm ? $0 + $1 : $0 }
    }

    @Test(
        "states agree with the reference over passes of several lengths", arguments: ReferenceCell.plain,
        [SymbolInput.table, .gather])
    func passes(cell: ReferenceCell, input: SymbolInput) throws {
        let stack = try make(cell, input, rows: 3, time: 11)
        var state = stack.reference.initialState(rows: 3)
        stack.shard.resetState()
        for (index, time) in [11, 4, 1, 11].enumerated() {
            let batch = batch(rows: 3, time: time, from: index)
            state = stack.reference.run(batch, from: state).state
            stack.shard.forward(time: time, identifiers: identifiers(batch))
            let found = stack.shard.state.map { Double($0) }
            #expect(relativeError(found, flat(state, cell)) < 2e-6, "pass \(index)")
            let output = try #require(stack.shard.output(time: time).floats).rows((3 * time - 3)..<(3 * time))
            #expect(relativeError(output.array.map { Double($0) }, state.hidden[1]) < 2e-6)
        }
    }

    @Test("reading a state and setting it again changes nothing", arguments: ReferenceCell.plain)
    func readAndSet(cell: ReferenceCell) throws {
        let stack = try make(cell, .table, rows: 2, time: 5)
        let (first, second) = (batch(rows: 2, time: 5, from: 1), batch(rows: 2, time: 5, from: 4))
        stack.shard.forward(time: 5, identifiers: identifiers(first))
        let between = stack.shard.state
        stack.shard.forward(time: 5, identifiers: identifiers(second))
        let end = stack.shard.state
        stack.shard.setState(between)
        #expect(stack.shard.state == between)
        stack.shard.forward(time: 5, identifiers: identifiers(second))
        #expect(stack.shard.state == end)
        stack.shard.resetState()
        #expect(stack.shard.state.allSatisfy { $0 == 0 })
        stack.shard.forward(time: 5, identifiers: identifiers(first))
        #expect(stack.shard.state == between)
    }
}
