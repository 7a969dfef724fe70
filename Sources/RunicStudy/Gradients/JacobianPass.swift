internal import RunicCells
internal import RunicKernels

/// Some probes of a Jacobian on their way through a stack and back.
final class JacobianPass: @unchecked Sendable {
    // Sendable by hand: one worker at a time runs a pass.

    /// A row of a Jacobian to measure: of h_T, or of c_T.
    struct Probe: Sendable {
        let isHidden: Bool
        let direction: [Float]
    }

    /// Σ over the probes of the squared norms, (steps), column k − 1.
    struct Sums: Sendable {
        var hidden: [Double]
        var hiddenByCell: [Double]
        var cell: [Double]

        init(steps: Int) {
            hidden = [Double](repeating: 0, count: steps)
            (hiddenByCell, cell) = (hidden, hidden)
        }

        mutating func add(_ other: Sums) {
            for index in hidden.indices {
                hidden[index] += other.hidden[index]
                hiddenByCell[index] += other.hiddenByCell[index]
                cell[index] += other.cell[index]
            }
        }
    }

    private let shard: StackShard
    private let probes: [Probe]
    private let steps: Int
    /// The symbols before the steps that are gone back over, and those, each repeated for all rows.
    private let lead: Block<Int32>
    private let rest: Block<Int32>
    private let arena = Arena()
    private(set) var sums: Sums

    /// - Throws: ``MatrixError/unsupported(_:)``.
    init(weights: StackWeights, probes: [Probe], symbols: [Int], steps: Int) throws(MatrixError) {
        let B = probes.count
        self.probes = probes
        self.steps = steps
        sums = Sums(steps: steps)
        shard = try StackShard(weights: weights, rows: B, time: max(steps, symbols.count - steps), trains: true)
        let repeated = symbols.flatMap { [Int32](repeating: Int32($0), count: B) }
        let leadCount = (symbols.count - steps) * B
        lead = arena.block(rows: leadCount, columns: 1)
        rest = arena.block(rows: repeated.count - leadCount, columns: 1)
        lead.assign(from: Array(repeated[..<leadCount]))
        rest.assign(from: Array(repeated[leadCount...]))
        let (top, A) = (weights.shape.layers - 1, weights.shape.auxiliarySize)
        if A > 0 {
            let final: Block<Float> = arena.block(rows: B, columns: A)
            for (row, probe) in probes.enumerated() where !probe.isHidden {
                final.rows(row..<(row + 1)).assign(from: probe.direction)
            }
            shard.finalAuxiliaryGradient = final
        }
        shard.probe = { [unowned self] layer, step, hidden, auxiliary in
            if layer == top { self.collect(self.steps - step - 1, hidden, auxiliary) }
        }
    }

    func run() {
        shard.resetState()
        shard.forward(time: lead.count / probes.count, identifiers: lead)
        shard.forward(time: steps, identifiers: rest)
        let above = shard.topGradient(time: steps)
        above.fill(0)
        let last = above.rows((above.rows - probes.count)..<above.rows)
        for (row, probe) in probes.enumerated() where probe.isHidden {
            last.rows(row..<(row + 1)).assign(from: probe.direction)
        }
        shard.backward(time: steps)
    }

    private func collect(_ index: Int, _ hidden: Block<Float>, _ auxiliary: Block<Float>) {
        func square(_ block: Block<Float>, _ row: Int) -> Double {
            (0..<block.columns).reduce(0) { $0 + Double(block[row, $1]) * Double(block[row, $1]) }
        }
        for (row, probe) in probes.enumerated() {
            if probe.isHidden { sums.hidden[index] += square(hidden, row) }
            guard auxiliary.columns > 0 else { continue }
            if probe.isHidden {
                sums.hiddenByCell[index] += square(auxiliary, row)
            } else {
                sums.cell[index] += square(auxiliary, row)
            }
        }
    }
}
