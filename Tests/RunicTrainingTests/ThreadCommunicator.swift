import Foundation
import RunicKernels
import RunicTraining

/// Processes that are threads of this one, for tests.
final class ThreadCommunicator: Communicator, @unchecked Sendable {
    // Sendable by hand: the room's condition guards everything that is shared.
    private final class Room: @unchecked Sendable {
        let condition = NSCondition()
        var arrived = 0
        var round = 0
        var posts: [[[Any]]] = []
    }

    let rank: Int
    let count: Int
    private let room: Room

    private init(rank: Int, count: Int, room: Room) { (self.rank, self.count, self.room) = (rank, count, room) }

    /// The communicators of some processes, by rank.
    static func group(of count: Int) -> [ThreadCommunicator] {
        let room = Room()
        return (0..<count).map { ThreadCommunicator(rank: $0, count: count, room: room) }
    }

    /// The values of every process, once all have brought theirs.
    private func meet<Value>(_ values: [Value]) -> [[Value]] {
        room.condition.lock()
        defer { room.condition.unlock() }
        let round = room.round
        if room.posts.count <= round { room.posts.append([[Any]](repeating: [], count: count)) }
        room.posts[round][rank] = values
        room.arrived += 1
        if room.arrived == count {
            room.arrived = 0
            room.round += 1
            room.condition.broadcast()
        } else {
            while room.round == round { room.condition.wait() }
        }
        return room.posts[round].map { $0 as? [Value] ?? [] }
    }

    func exchange<Element: BitwiseCopyable>(
        _ values: Block<Element>, with partner: Int, into received: Block<Element>
    ) {
        received.assign(from: meet(values.array)[partner])
    }

    func gather(_ values: [Float]) -> [[Float]] { meet(values) }

    func broadcast(_ values: [Double]) -> [Double] { meet(values)[0] }

    func barrier() { _ = meet([]) }

    func abort(_ reason: String) -> Never { fatalError(reason) }
}
