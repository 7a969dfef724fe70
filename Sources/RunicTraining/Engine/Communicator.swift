package import RunicKernels

/// How the processes that train one model together reach each other.
///
/// All of them make the same calls in the same order. Each process has a rank, from 0. A process that is lost ends the
/// others: no call returns without its result.
package protocol Communicator: Sendable {
    var rank: Int { get }
    /// The number of processes.
    var count: Int { get }

    /// Sends values to a partner, which makes the same call, and receives its values.
    ///
    /// - Parameter received: as long as what the partner sends, which may be more or less than `values`, or nothing.
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
