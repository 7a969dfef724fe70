internal import Synchronization

/// SHA-256 of files whose pieces come from several threads: hashed in order, by whoever holds the one whose turn it is.
final class ChunkHashes: Sendable {
    private struct State {
        /// The piece whose turn it is.
        var next = 0
        var isBusy = false
        /// Pieces that were given away before their turn: a few, unless a thread stands still.
        var waiting: [Int: TextChunk] = [:]
        var file = 0
        var hash = SHA256()
        var digests: [Int: String] = [:]

        /// Whether it is this piece's turn; others then wait.
        mutating func begin(_ piece: Int) -> Bool {
            guard next == piece && !isBusy else { return false }
            isBusy = true
            return true
        }

        /// The hash so far of the file that the next piece is of.
        mutating func beginFile(_ index: Int) -> SHA256 {
            if index != file {
                digests[file] = hash.hexadecimalDigest
                (file, hash) = (index, SHA256())
            }
            return hash
        }

        /// Ends a piece, and takes the one behind it if that waits.
        mutating func end(_ hash: SHA256) -> TextChunk? {
            self.hash = hash
            next += 1
            let found = waiting.removeValue(forKey: next)
            isBusy = found != nil
            return found
        }
    }

    private let state = Mutex(State())

    /// Hashes a piece, and those behind it that wait, if it is its turn; returns whether it was.
    func take(_ piece: TextChunk) -> Bool {
        guard state.withLock({ $0.begin(piece.index) }) else { return false }
        work(from: piece)
        return true
    }

    /// Hashes a piece if it is its turn, and otherwise takes its bytes away and keeps them until it is.
    func give(_ piece: inout TextChunk) {
        let given = piece
        let isNext = state.withLock { state in
            let isNext = state.begin(given.index)
            if !isNext { state.waiting[given.index] = given }
            return isNext
        }
        if isNext { work(from: given) } else { piece.bytes = [] }
    }

    /// Of each file the digest, when all pieces have been given.
    func digests(count: Int) -> [String] {
        state.withLock { state in
            var digests = state.digests
            digests[state.file] = state.hash.hexadecimalDigest
            let empty = SHA256().hexadecimalDigest
            return (0..<count).map { digests[$0] ?? empty }
        }
    }

    /// Hashes a piece and those behind it that wait; by one thread at a time.
    private func work(from first: TextChunk) {
        var piece: TextChunk? = first
        while let current = piece {
            var hash = state.withLock { $0.beginFile(current.file) }
            hash.update(current.bytes.span)
            piece = state.withLock { [hash] in $0.end(hash) }
        }
    }
}
