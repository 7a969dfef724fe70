internal import RunicKernels

extension StackShape {
    /// The distribution of a matrix at the start.
    package enum MatrixStart: Sendable {
        /// Mean 0, standard deviation 1.
        case normal
        /// Mean 0, variance 1 / columns.
        case uniform(columns: Int)
    }

    /// Sets every tensor to its starting value: matrices as `start` says, vectors to 0, unless the cell asks otherwise (an
    /// LSTM's forget gate: 1), and gains to 1.
    ///
    /// The same seed gives the same parameters.
    ///
    /// - Parameters:
    ///   - blocks: the parameters of the stack, and those around it.
    ///   - rememberedSteps: the time scale of chrono initialisation, in steps (Tallec and Ollivier 2018, arXiv 1804.11188);
    ///     nil for the cells' default biases.
    package func initialise(
        _ blocks: ParameterBlocks, seed: UInt64, rememberedSteps: Int?, start: (ParameterLayout.Entry) -> MatrixStart
    ) {
        for (index, entry) in blocks.layout.entries.enumerated() {
            let block = blocks[entry.name]
            guard entry.isMatrix else {
                block.fill(0)
                continue
            }
            var generator = SplitMix64(seed: seed, stream: UInt64(index))
            switch start(entry) {
            case .normal: block.assign(from: (0..<entry.count).map { _ in generator.nextNormal() })
            case .uniform(let columns):
                let bound = (3 / Float(columns)).squareRoot()
                block.assign(from: (0..<entry.count).map { _ in (2 * generator.nextUnit() - 1) * bound })
            }
        }
        for layer in 0..<layers {
            let names = Names(layer: layer)
            var generator = SplitMix64(seed: seed, stream: 0xB1A5_0000 + UInt64(layer))
            blocks[names.inputBias].assign(
                from: cell.initialInputBias(hiddenSize: hiddenSize, rememberedSteps: rememberedSteps, &generator))
            for vector in cell.furtherVectors { blocks[names.vector(vector)].fill(cell.initialValue(ofVector: vector)) }
            guard options.layerNorm else { continue }
            blocks[names.inputGain].fill(1)
            blocks[names.hiddenGain].fill(1)
        }
    }
}
