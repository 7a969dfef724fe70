internal import CRunicText
internal import Synchronization

/// Reads files in order and cuts them into pieces that can be staged and segmented apart; any thread may ask for the next one.
///
/// Stages that need the whole text run here, one piece after the other. Files are hashed here if there are any; else pieces are,
/// by the threads that have them.
final class ChunkReader: Sendable {
    private struct State: ~Copyable {
        var pieceIndex = 0
        var file = 0
        var reader: FileReader?
        var head: PipelineRun?
        var hash = SHA256()
        var statistics: [FileStatistics]
        /// What was read behind the last cut.
        var rest: [UInt8] = []
        /// Where `rest` begins in its file.
        var offset = 0
        var isContinuation = false
        var isStopped = false
        var buffer: [UInt8] = []
    }

    /// Bytes of the two code points that a text can be cut between.
    private static let longestPair = 8

    private let source: TextSource
    private let pipeline: TextPipeline
    private let pieceSize: Int
    private let headStages: Range<Int>
    private let cutsLinesOnly: Bool
    /// Of the pieces, which are the files as they are; nil if stages here make them.
    private let hashes: ChunkHashes?
    private let state: Mutex<State>

    init(_ source: TextSource, pipeline: TextPipeline, pieceSize: Int) {
        self.source = source
        self.pipeline = pipeline
        self.pieceSize = max(1, pieceSize)
        headStages = 0..<pipeline.splittableStages.lowerBound
        cutsLinesOnly = pipeline.cutsLinesOnly
        hashes = headStages.isEmpty ? ChunkHashes() : nil
        state = Mutex(State(statistics: source.files.map { FileStatistics(path: $0.path) }))
    }

    /// Puts the next piece into `piece`, whose memory it takes up again.
    ///
    /// - Returns: whether there was one.
    func next(_ piece: inout TextChunk) throws(TextError) -> Bool {
        try state.withLock { state throws(TextError) in
            guard !state.isStopped else { return false }
            do throws(TextError) {
                return try next(&piece, &state)
            } catch {
                state.isStopped = true
                throw error
            }
        }
    }

    /// No more pieces are given.
    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// Hashes a piece of ``next(_:)`` if it is its turn; returns whether nothing is left to do for it.
    func hash(_ piece: TextChunk) -> Bool { hashes?.take(piece) ?? true }

    /// Hashes a piece now or later; its bytes may be taken away.
    func giveToHash(_ piece: inout TextChunk) { hashes?.give(&piece) }

    /// What was read of each file, when all pieces have been hashed; its symbols are counted elsewhere.
    var statistics: [FileStatistics] {
        var statistics = state.withLock { $0.statistics }
        guard let hashes else { return statistics }
        for (index, digest) in hashes.digests(count: statistics.count).enumerated() {
            statistics[index].sha256 = digest
        }
        return statistics
    }

    private func next(_ piece: inout TextChunk, _ state: inout State) throws(TextError) -> Bool {
        piece.bytes.removeAll(keepingCapacity: true)
        while state.file < source.files.count {
            if state.reader == nil { try open(&state) }
            // Nowhere in what was left could it be cut; at its end, with what follows, perhaps.
            let known = max(0, state.rest.count - Self.longestPair)
            let isFinal = try read(&state)
            let cut = isFinal ? state.rest.count : lastCut(state.rest, from: known)
            if cut > 0 {
                (piece.index, piece.file) = (state.pieceIndex, state.file)
                (piece.offset, piece.isContinuation) = (state.offset, state.isContinuation)
                swap(&piece.bytes, &state.rest)
                state.rest.append(piece.bytes.span.extracting(cut..<piece.bytes.count))
                piece.bytes.removeSubrange(cut...)
                state.offset += cut
                state.isContinuation = true
                state.pieceIndex += 1
            }
            if isFinal { close(&state) }
            if cut > 0 { return true }
        }
        return false
    }

    /// The last place where text can be cut, 0 if that is not behind `start`.
    private func lastCut(_ text: [UInt8], from start: Int) -> Int {
        let found = unsafe text.withUnsafeBufferPointer { bytes in
            unsafe Int(
                runic_last_cut(bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start, cutsLinesOnly ? 1 : 0))
        }
        return found > 0 ? start + found : 0
    }

    private func open(_ state: inout State) throws(TextError) {
        let file = source.files[state.file]
        state.reader = try FileReader(file)
        state.head =
            headStages.isEmpty ? nil : try pipeline.makeRun(StageContext(path: file.path), stages: headStages)
        state.hash = SHA256()
        state.offset = 0
        // What the stages here have taken off, such as a byte order mark, is not looked for again.
        state.isContinuation = !headStages.isEmpty
        if state.buffer.count != pieceSize { state.buffer = [UInt8](repeating: 0, count: pieceSize) }
    }

    /// Adds the next bytes of the file to `rest`, staged as far as that is done here.
    ///
    /// - Returns: whether the file ended.
    private func read(_ state: inout State) throws(TextError) -> Bool {
        guard let reader = state.reader else { return true }
        var buffer: [UInt8] = []
        swap(&buffer, &state.buffer)
        defer { swap(&buffer, &state.buffer) }
        let count = try reader.read(into: &buffer)
        let chunk = buffer.span.extracting(0..<count)
        state.statistics[state.file].bytes += count
        if hashes == nil { state.hash.update(chunk) }
        if state.head == nil {
            state.rest.append(chunk)
        } else {
            if count == 0 { try state.head?.finish() } else { try state.head?.process(chunk) }
            if let output = state.head?.output { state.rest += output }
        }
        return count == 0
    }

    private func close(_ state: inout State) {
        state.statistics[state.file].sha256 = state.hash.hexadecimalDigest
        state.statistics[state.file].repairedBytes += state.head?.repairedBytes ?? 0
        state.statistics[state.file].remarks += state.head?.remarks ?? []
        state.head = nil
        state.reader = nil
        state.file += 1
    }
}
