package import RunicKernels

/// How the processes that train one model together reach each other.
///
/// All of them make the same calls in the same order. Each process has a rank, from 0. A process that is lost ends the
/// others: no call returns without its result.
package protocol Communicator: Sendable {
    var rank: Int { get }
    /// The number of processes.
    var count: Int { get }

    /// Sends values to a partner and receives as many from it, which makes the same call.
    func exchange<Element: BitwiseCopyable>(
        _ values: Block<Element>, with partner: Int, into received: Block<Element>)

    /// The values of every process, by rank; their numbers may differ.
    func gather(_ values: [Float]) -> [[Float]]

    /// The values of the process of rank 0. All give as many.
    func broadcast(_ values: [Double]) -> [Double]

    /// Returns when all processes have called it.
    func barrier()

    /// Ends all processes.
    func abort(_ reason: String) -> Never
}

/// The communicator of a process that trains alone.
package struct SingleProcess: Communicator {
    package init() {}

    package var rank: Int { 0 }
    package var count: Int { 1 }

    package func exchange<Element: BitwiseCopyable>(
        _ values: Block<Element>, with partner: Int, into received: Block<Element>
    ) {
        preconditionFailure("a process that trains alone has no partner \(partner)")
    }
    package func gather(_ values: [Float]) -> [[Float]] { [values] }
    package func broadcast(_ values: [Double]) -> [Double] { values }
    package func barrier() {}
    package func abort(_ reason: String) -> Never { fatalError(reason) }
}

/// Adds up what the processes have, in the order in which one process alone would add its shards.
///
/// The processes' parts are subtrees of a ``ShardTree``, so they are added in pairs of neighbours, then in pairs of those,
/// and each process ends with the same bits.
final class TreeExchange {
    private let communicator: any Communicator
    private let received: AlignedBuffer<Float>
    private let arena = Arena()
    private let losses: Block<Double>

    /// - Parameter length: the floats of the longest block.
    init(_ communicator: any Communicator, length: Int) {
        precondition(communicator.count.nonzeroBitCount == 1, "\(communicator.count) processes")
        self.communicator = communicator
        received = AlignedBuffer(zeros: length)
        losses = arena.block(rows: 1, columns: 2)
    }

    func add(_ sums: [Block<Float>], _ loss: inout Double) {
        var distance = 1
        while distance < communicator.count {
            let partner = communicator.rank ^ distance
            for sum in sums {
                let other = received.block(at: 0, rows: sum.rows, columns: sum.columns)
                communicator.exchange(sum, with: partner, into: other)
                ElementWise.add(other, to: sum)
            }
            losses[0, 0] = loss
            communicator.exchange(losses.columns(0..<1), with: partner, into: losses.columns(1..<2))
            loss += losses[0, 1]
            distance *= 2
        }
    }
}
