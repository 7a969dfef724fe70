package import RunicKernels

/// A weight gradient, Σ leftᵀ · right over the shards of a batch, added in the order of a tree.
package final class ShardProduct: Sendable {
    private let tree: ShardTree
    private let products: [MatrixProduct]

    /// - Parameters:
    ///   - rows: the rows of both sides of each shard.
    ///   - target: the block that will be written, or one of its shape.
    ///   - leftStride: the stride of the left sides.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        _ tree: ShardTree, library: MatrixLibrary, rows: [Int], target: Block<Float>, leftStride: Int,
        precision: Precision
    ) throws(MatrixError) {
        precondition(target.isContiguous, "a weight gradient with gaps")
        self.tree = tree
        var products: [MatrixProduct] = []
        for (index, count) in rows.enumerated() {
            products.append(
                try MatrixProduct(
                    library: library, m: target.rows, n: target.columns, k: count, leftStride: leftStride,
                    leftTransposed: true, rightStride: target.columns, outputStride: target.columns,
                    accumulates: index % tree.groupSize > 0, precision: precision))
        }
        self.products = products
    }

    /// Computes the gradient.
    ///
    /// - Parameters:
    ///   - scratch: pieces of at least ``ShardTree/waitingSums`` targets.
    ///   - sides: the left and the right side of a shard.
    package func run(
        to target: Block<Float>, scratch: ScratchPool, _ sides: (_ shard: Int) -> (left: Operand, right: Operand)
    ) {
        guard tree.groups > 1 else { return sum(to: target, target, sides) }
        scratch.withScratch { sum(to: target, $0, sides) }
    }

    private func sum(
        to target: Block<Float>, _ scratch: Block<Float>, _ sides: (Int) -> (left: Operand, right: Operand)
    ) {
        let count = target.count
        func slot(_ index: Int) -> Block<Float> {
            index == 0
                ? target
                : scratch.columns(((index - 1) * count)..<(index * count))
                    .reshaped(rows: target.rows, columns: target.columns)
        }
        tree.sum { shard, index, _ in
            let (left, right) = sides(shard)
            products[shard].run(left: left, right: right, output: slot(index))
        } add: {
            ElementWise.add(slot($1), to: slot($0))
        }
    }
}
