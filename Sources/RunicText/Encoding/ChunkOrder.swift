internal import RunicSymbols
internal import Synchronization

/// Writes the local ids of chunks to a store in the order of the text, regardless of the order in which workers finish.
final class ChunkOrder: Sendable {
    /// Where the ids of a chunk are, and which worker they belong to.
    struct Place: Sendable {
        /// In bytes.
        let offset: Int
        /// The number of ids.
        let count: Int
        /// Bytes of an id.
        let width: Int
        let worker: Int
        let absent: Absent

        var bytes: Int { count * width }
    }

    /// The unknown symbols of a chunk.
    struct Absent: Sendable {
        /// Code points of the chunk's first symbol if it is unknown, else 0.
        let firstCodePoints: Int
        /// The code points of each.
        let lengths: UnknownLengths
    }

    /// The ids of a chunk that has no place yet.
    @unsafe struct IDs {
        let bytes: UnsafeRawBufferPointer
        let width: Int
        let worker: Int
        let absent: Absent
    }

    private struct Waiting {
        let bytes: [UInt8]
        let width: Int
        let worker: Int
        let absent: Absent
    }

    private struct State {
        /// The places of the first chunks, in order.
        var places: [Place] = []
        var end = 0
        /// Chunks that were finished before an earlier one.
        var waiting: [Int: Waiting] = [:]

        /// Places the next chunk after the others; returns its offset.
        mutating func append(bytes: Int, width: Int, worker: Int, absent: Absent) -> Int {
            defer { end += bytes }
            places.append(
                Place(offset: end, count: bytes / width, width: width, worker: worker, absent: absent))
            return end
        }
    }

    private let store: IDStore
    private let state = Mutex(State())

    init(_ store: IDStore) {
        self.store = store
    }

    /// Takes the ids of a chunk, and writes all whose turn it is.
    func put(_ ids: IDs, chunk: Int) throws(SymbolFileError) {
        let place = state.withLock { (state) -> Int? in
            guard chunk == state.places.count else {
                state.waiting[chunk] = unsafe Waiting(
                    bytes: Array(ids.bytes), width: ids.width, worker: ids.worker, absent: ids.absent)
                return nil
            }
            return unsafe state.append(
                bytes: ids.bytes.count, width: ids.width, worker: ids.worker, absent: ids.absent)
        }
        guard let place else { return }
        try unsafe store.write(ids.bytes, at: place)
        while let (bytes, place) = takeWaiting() {
            try unsafe bytes.withUnsafeBufferPointer { bytes throws(SymbolFileError) in
                try unsafe store.write(UnsafeRawBufferPointer(bytes), at: place)
            }
        }
    }

    /// The places of all chunks, in order.
    var places: [Place] { state.withLock { $0.places } }

    private func takeWaiting() -> (bytes: [UInt8], place: Int)? {
        state.withLock { (state) -> (bytes: [UInt8], place: Int)? in
            guard let next = state.waiting.removeValue(forKey: state.places.count) else { return nil }
            let place = state.append(
                bytes: next.bytes.count, width: next.width, worker: next.worker, absent: next.absent)
            return (next.bytes, place)
        }
    }
}
