package import RunicKernels

/// What reads the outputs of a stack in training: it runs the shards, and knows the gradients of its own parameters.
package protocol GradientHead: AnyObject, Sendable {
    /// The stacks of the shards that this process computes.
    var stacks: [StackShard] { get }

    /// For each shard the order of its rows by symbol, kept up to date by the passes; empty if the input is given.
    var orders: [SymbolOrder] { get }

    /// The floats of scratch memory that one of its tasks needs.
    func scratchLength(_ tree: ShardTree) -> Int

    /// Runs a shard forward and backward; the gradients of its gates stay for the weight gradients.
    ///
    /// - Returns: the sum of its losses.
    func run(shard: Int, _ pass: GradientPass) -> Double

    /// The tasks that write the gradients of the head's parameters, by the phases of ``StackGradient``.
    ///
    /// - Throws: ``MatrixError/unsupported(_:)``.
    func tasks(
        time: Int, to gradient: ParameterBlocks, tree: ShardTree, scratch: ScratchPool
    ) throws(MatrixError) -> [[StackGradient.Task]]

    /// What the tasks of the first phase have summed over the shards outside of the gradient.
    var sums: [Block<Float>] { get }
}

extension GradientHead {
    package var orders: [SymbolOrder] { [] }
    package var sums: [Block<Float>] { [] }
}

/// Adds what other processes have computed to the sums of this one, in the order of a ``ShardTree``.
package protocol GradientExchange: AnyObject {
    /// Adds.
    ///
    /// - Parameters:
    ///   - gradient: the sums of this process become those of all, at least where this process updates the parameters.
    ///   - first: the first element that the shards have summed; those before follow from `others` later.
    ///   - others: likewise, in full.
    ///   - loss: the sum of the losses.
    func add(gradient: Block<Float>, from first: Int, others: [Block<Float>], loss: inout Double)
}

/// What a pass over a batch needs to know.
package struct GradientPass: Sendable {
    package var step: StepContext
    /// The number of steps.
    package var time: Int

    package init(step: StepContext, time: Int) { (self.step, self.time) = (step, time) }
}

/// Computes the gradient of a batch, stack and head, with several workers.
///
/// It runs in phases, each ended by a barrier: every shard forward and backward; the weight gradients, split by rows of the
/// tensors; the gradients that depend on those. The sums do not depend on which worker runs a task, nor on how many processes
/// share the batch: each computes its shards and its part of the tree in which they are added.
package final class BatchGradient: @unchecked Sendable {
    // Sendable by hand: one thread drives it, and the pool's barriers order its workers.
    private let head: any GradientHead
    private let tree: ShardTree
    private let scratch: ScratchPool
    private let exchange: (any GradientExchange)?
    private let gradientBuffer: AlignedBuffer<Float>
    private let tensors: ParameterBlocks
    private let losses: Block<Double>
    /// Read by the tasks, which are made once, so that a step allocates nothing.
    private let pass = TaskInput(GradientPass(step: StepContext(), time: 0))
    private let shardJob: @Sendable (Int) -> Void
    /// The phases after the shards, by the length of a pass: made for T at the start, for other lengths on demand.
    private var phases: [Int: [Phase]] = [:]
    /// The stack's gradients of each length, which own the memory that their tasks write.
    private var stackGradients: [StackGradient] = []
    private let arena = Arena()

    /// - Parameters:
    ///   - layout: the parameters of stack and head.
    ///   - time: T, the largest number of steps of a pass.
    ///   - shards: the number of shards of the batch, in all processes.
    ///   - exchange: called once a pass; nil if this process computes all shards.
    /// - Precondition: the head's shards are a subtree of a ``ShardTree``.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package init(
        _ head: any GradientHead, layout: ParameterLayout, time: Int, shards: Int,
        exchange: (any GradientExchange)? = nil
    ) throws(MatrixError) {
        self.head = head
        self.exchange = exchange
        let stacks = head.stacks
        tree = ShardTree(shards: stacks.count, of: shards)
        scratch = ScratchPool(
            length: max(
                StackGradient.scratchLength(stacks[0].weights.shape, tree: tree), head.scratchLength(tree)))
        gradientBuffer = AlignedBuffer(zeros: layout.length)
        tensors = ParameterBlocks(layout: layout, whole: gradientBuffer.block)
        losses = arena.block(rows: 1, columns: stacks.count)
        shardJob = { [losses, pass] index in losses[0, index] = head.run(shard: index, pass.value) }
        phases[time] = try makePhases(time: time)
    }

    /// Independent tasks, ended by a barrier.
    private struct Phase {
        let count: Int
        let job: @Sendable (Int) -> Void

        init(_ tasks: [StackGradient.Task], _ pass: TaskInput<GradientPass>) {
            count = tasks.count
            job = { tasks[$0](pass.value.step) }
        }
    }

    private func makePhases(time: Int) throws(MatrixError) -> [Phase] {
        let stack = try StackGradient(
            shards: head.stacks, gradient: tensors, time: time, orders: head.orders, tree: tree, scratch: scratch,
            isPart: exchange != nil, tableGradient: stackGradients.first?.sharedTableGradient)
        stackGradients.append(stack)
        var tasks = stack.phases
        for (phase, added) in try head.tasks(time: time, to: tensors, tree: tree, scratch: scratch).enumerated() {
            if phase == tasks.count { tasks.append([]) }
            tasks[phase] += added
        }
        return tasks.filter { !$0.isEmpty }.map { Phase($0, pass) }
    }

    private func phases(time: Int) -> [Phase] {
        if let found = phases[time] { return found }
        do {
            let made = try makePhases(time: time)
            phases[time] = made
            return made
        } catch {
            preconditionFailure(error.description)
        }
    }

    /// ∂loss/∂parameters of the last ``run(pool:_:)``, as one row with the parameters' layout.
    package var gradient: Block<Float> { gradientBuffer.block }

    /// Computes the sum of the losses of the batch, and its ``gradient``.
    ///
    /// - Complexity: three times the multiply-adds of a forward pass.
    package func run(pool: WorkerPool, _ next: GradientPass) -> Double {
        pass.value = next
        pool.run(tasks: losses.columns, shardJob)
        var total = tree.sum { losses[0, $0] }
        for (index, phase) in phases(time: next.time).enumerated() {
            pool.run(tasks: phase.count, phase.job)
            if index == 0, let exchange {
                exchange.add(
                    gradient: gradient, from: stackGradients[0].firstSummed, others: others, loss: &total)
            }
        }
        return total
    }

    /// What the first phase has summed over the shards outside of the gradient.
    private var others: [Block<Float>] {
        ([stackGradients[0].sharedTableGradient] + head.sums).filter { $0.count > 0 }
    }
}
