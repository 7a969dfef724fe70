internal import RunicSymbols
internal import Synchronization

/// Puts the numbers of pieces into a spool one behind the other, whatever order they are done in.
final class ChunkOrder: Sendable {
    /// Where the numbers of a piece lie, and whose they are.
    struct Place: Sendable {
        /// In bytes.
        let offset: Int
        /// How many numbers there are.
        let count: Int
        /// Bytes of a number.
        let width: Int
        let worker: Int
        /// Code points of the piece's first symbol if a vocabulary does not have that, else 0.
        let absentCodePoints: Int

        var bytes: Int { count * width }
    }

    /// The numbers of a piece, without a place yet.
    @unsafe struct Numbers {
        let bytes: UnsafeRawBufferPointer
        let width: Int
        let worker: Int
        let absentCodePoints: Int
    }

    private struct Waiting {
        let bytes: [UInt8]
        let width: Int
        let worker: Int
        let absentCodePoints: Int
    }

    private struct State {
        /// Of the pieces whose place is known, in order.
        var places: [Place] = []
        var end = 0
        /// Pieces that were done before one that comes before them.
        var waiting: [Int: Waiting] = [:]

        /// The next piece lies behind those before it; where.
        mutating func append(bytes: Int, width: Int, worker: Int, absentCodePoints: Int) -> Int {
            defer { end += bytes }
            places.append(
                Place(
                    offset: end, count: bytes / width, width: width, worker: worker, absentCodePoints: absentCodePoints)
            )
            return end
        }
    }

    private let spool: IDStore
    private let state = Mutex(State())

    init(_ spool: IDStore) {
        self.spool = spool
    }

    /// Takes the numbers of a piece.
    func put(_ numbers: Numbers, piece: Int) throws(SymbolFileError) {
        let place = state.withLock { (state) -> Int? in
            guard piece == state.places.count else {
                state.waiting[piece] = unsafe Waiting(
                    bytes: Array(numbers.bytes), width: numbers.width, worker: numbers.worker,
                    absentCodePoints: numbers.absentCodePoints)
                return nil
            }
            return unsafe state.append(
                bytes: numbers.bytes.count, width: numbers.width, worker: numbers.worker,
                absentCodePoints: numbers.absentCodePoints)
        }
        guard let place else { return }
        try unsafe spool.write(numbers.bytes, at: place)
        while let (bytes, place) = takeWaiting() {
            try unsafe bytes.withUnsafeBufferPointer { bytes throws(SymbolFileError) in
                try unsafe spool.write(UnsafeRawBufferPointer(bytes), at: place)
            }
        }
    }

    /// Where all pieces lie, in order.
    var places: [Place] { state.withLock { $0.places } }

    private func takeWaiting() -> (bytes: [UInt8], place: Int)? {
        state.withLock { (state) -> (bytes: [UInt8], place: Int)? in
            guard let next = state.waiting.removeValue(forKey: state.places.count) else { return nil }
            let place = state.append(
                bytes: next.bytes.count, width: next.width, worker: next.worker,
                absentCodePoints: next.absentCodePoints)
            return (next.bytes, place)
        }
    }
}
