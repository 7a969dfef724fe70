internal import Synchronization

/// SHA-256 of files whose chunks come from several threads: the thread that has the next chunk in order hashes it.
final class ChunkHashes: Sendable {
    private struct State {
        /// The next chunk to hash.
        var next = 0
        var isBusy = false
        /// Chunks given away before their turn: few, unless a thread stalls.
        var waiting: [Int: TextChunk] = [:]
        var file = 0
        var hash = SHA256()
        var digests: [Int: String] = [:]

        /// Begins a chunk if it is its turn, so that the others wait; returns whether it was.
        mutating func begin(_ chunk: Int) -> Bool {
            guard next == chunk && !isBusy else { return false }
            isBusy = true
            return true
        }

        /// The hash so far of the next chunk's file.
        mutating func beginFile(_ index: Int) -> SHA256 {
            if index != file {
                digests[file] = hash.hexadecimalDigest
                (file, hash) = (index, SHA256())
            }
            return hash
        }

        /// Ends a chunk, and takes the one after it if it waits.
        mutating func end(_ hash: SHA256) -> TextChunk? {
            self.hash = hash
            next += 1
            let found = waiting.removeValue(forKey: next)
            isBusy = found != nil
            return found
        }
    }

    private let state = Mutex(State())

    /// Hashes a chunk and the waiting ones after it if it is its turn; returns whether it was.
    func take(_ chunk: TextChunk) -> Bool {
        guard state.withLock({ $0.begin(chunk.index) }) else { return false }
        work(from: chunk)
        return true
    }

    /// Hashes a chunk if it is its turn; otherwise takes its bytes and keeps them until then.
    func give(_ chunk: inout TextChunk) {
        let given = chunk
        let isNext = state.withLock { state in
            let isNext = state.begin(given.index)
            if !isNext { state.waiting[given.index] = given }
            return isNext
        }
        if isNext { work(from: given) } else { chunk.bytes = [] }
    }

    /// The digest of each file, once all chunks have been given.
    func digests(count: Int) -> [String] {
        state.withLock { state in
            var digests = state.digests
            digests[state.file] = state.hash.hexadecimalDigest
            let empty = SHA256().hexadecimalDigest
            return (0..<count).map { digests[$0] ?? empty }
        }
    }

    /// Hashes a chunk and the waiting ones after it; one thread at a time does this.
    private func work(from first: TextChunk) {
        var chunk: TextChunk? = first
        while let current = chunk {
            var hash = state.withLock { $0.beginFile(current.file) }
            hash.update(current.bytes.span.extracting(0..<current.bytes.count - current.supplied))
            chunk = state.withLock { [hash] in $0.end(hash) }
        }
    }
}
