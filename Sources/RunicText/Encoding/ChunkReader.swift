internal import CRunicText
internal import Synchronization

/// About 1 MB of a file, staged and segmented apart from the rest.
struct TextChunk {
    /// Its index among all chunks of the corpus.
    var index = 0
    /// The index of its file in the source.
    var file = 0
    /// Its start in the file, in bytes.
    var offset = 0
    /// Whether it is not the first chunk of its file.
    var isContinuation = false
    /// The text.
    var bytes: [UInt8] = []
    /// Bytes at the end of the text that the file does not have: what separates it from the next file.
    var supplied = 0
}

/// Reads files in order and cuts them into chunks that can be staged and segmented apart; any thread may take the next one.
///
/// Stages that need the whole text run here, and then files are hashed here too. Otherwise the threads hash the chunks they have.
final class ChunkReader: Sendable {
    private struct State: ~Copyable {
        var chunkIndex = 0
        var file = 0
        var reader: FileReader?
        var head: PipelineRun?
        var hash = SHA256()
        var statistics: [FileStatistics]
        /// The bytes read after the last cut.
        var rest: [UInt8] = []
        /// Where `rest` begins in its file.
        var offset = 0
        var isContinuation = false
        var isStopped = false
        var buffer: [UInt8] = []
        /// The last bytes of the file's text.
        var tail: [UInt8] = []
    }

    /// Most bytes of the two code points around a cut.
    private static let longestPair = 8

    private let source: TextSource
    private let pipeline: TextPipeline
    private let chunkSize: Int
    private let headStages: Range<Int>
    private let cutsLinesOnly: Bool
    private let boundary: FileBoundary?
    private let memory = CorpusMemory()
    /// Hashes the chunks, which are the bytes of the files; nil if stages here change them.
    private let hashes: ChunkHashes?
    private let state: Mutex<State>

    /// - Parameter boundary: what is supplied between two files; nil: nothing.
    init(_ source: TextSource, pipeline: TextPipeline, chunkSize: Int, boundary: FileBoundary? = nil) {
        self.source = source
        self.boundary = boundary
        self.pipeline = pipeline
        self.chunkSize = max(1, chunkSize)
        headStages = 0..<pipeline.splittableStages.lowerBound
        cutsLinesOnly = pipeline.cutsLinesOnly
        hashes = headStages.isEmpty ? ChunkHashes() : nil
        state = Mutex(State(statistics: source.files.map { FileStatistics(path: $0.path) }))
    }

    /// Puts the next chunk into `chunk`, whose memory is reused.
    ///
    /// - Returns: whether there was one.
    func next(_ chunk: inout TextChunk) throws(TextError) -> Bool {
        try state.withLock { state throws(TextError) in
            guard !state.isStopped else { return false }
            do throws(TextError) {
                return try next(&chunk, &state)
            } catch {
                state.isStopped = true
                throw error
            }
        }
    }

    /// Gives no more chunks.
    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// Hashes a chunk of ``next(_:)`` if it is its turn; returns whether hashing it is done.
    func hash(_ chunk: TextChunk) -> Bool { hashes?.take(chunk) ?? true }

    /// Hashes a chunk now or later; may take its bytes.
    func giveToHash(_ chunk: inout TextChunk) { hashes?.give(&chunk) }

    /// The counts of each file, without its symbols; valid once all chunks have been hashed.
    var statistics: [FileStatistics] {
        var statistics = state.withLock { $0.statistics }
        guard let hashes else { return statistics }
        for (index, digest) in hashes.digests(count: statistics.count).enumerated() {
            statistics[index].sha256 = digest
        }
        return statistics
    }

    private func next(_ chunk: inout TextChunk, _ state: inout State) throws(TextError) -> Bool {
        chunk.bytes.removeAll(keepingCapacity: true)
        chunk.supplied = 0
        while state.file < source.files.count {
            if state.reader == nil { try open(&state) }
            // The rest has no place to cut but perhaps at its end, together with what follows.
            let known = max(0, state.rest.count - Self.longestPair)
            let isFinal = try read(&state)
            let cut = isFinal ? state.rest.count : lastCut(state.rest, from: known)
            if cut > 0 {
                (chunk.index, chunk.file) = (state.chunkIndex, state.file)
                (chunk.offset, chunk.isContinuation) = (state.offset, state.isContinuation)
                swap(&chunk.bytes, &state.rest)
                state.rest.append(chunk.bytes.span.extracting(cut..<chunk.bytes.count))
                chunk.bytes.removeSubrange(cut...)
                state.offset += cut
                state.isContinuation = true
                state.chunkIndex += 1
            }
            if let boundary {
                state.tail += chunk.bytes.suffix(boundary.reach)
                state.tail.removeFirst(max(0, state.tail.count - boundary.reach))
            }
            if isFinal {
                let isSupplied = supply(to: &chunk, &state, isEmpty: cut == 0)
                close(&state)
                if isSupplied { return true }
            }
            if cut > 0 { return true }
        }
        return false
    }

    /// Supplies what separates the file from the next one to its last chunk, or as a chunk of its own; returns whether there is a
    /// chunk.
    private func supply(to chunk: inout TextChunk, _ state: inout State, isEmpty: Bool) -> Bool {
        guard let boundary, state.file + 1 < source.files.count else { return !isEmpty }
        let missing = boundary.missing(after: state.tail)
        guard !missing.isEmpty else { return !isEmpty }
        if isEmpty {
            (chunk.index, chunk.file) = (state.chunkIndex, state.file)
            (chunk.offset, chunk.isContinuation) = (state.offset, true)
            state.chunkIndex += 1
        }
        chunk.bytes += missing
        chunk.supplied = missing.count
        return true
    }

    /// The last place after `start` where the text can be cut; 0 if there is none.
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
        var context = StageContext(path: file.path)
        context.memory = memory
        state.head = headStages.isEmpty ? nil : try pipeline.makeRun(context, stages: headStages)
        state.tail = []
        state.hash = SHA256()
        state.offset = 0
        // Stages here have already dropped a byte order mark: later ones must not look for it.
        state.isContinuation = !headStages.isEmpty
        if state.buffer.count != chunkSize { state.buffer = [UInt8](repeating: 0, count: chunkSize) }
    }

    /// Appends the next bytes of the file to `rest`, after the stages that run here.
    ///
    /// - Returns: whether the file ended.
    private func read(_ state: inout State) throws(TextError) -> Bool {
        guard let reader = state.reader else { return true }
        var buffer: [UInt8] = []
        swap(&buffer, &state.buffer)
        defer { swap(&buffer, &state.buffer) }
        let count = try reader.read(into: &buffer)
        let input = buffer.span.extracting(0..<count)
        state.statistics[state.file].bytes += count
        if hashes == nil { state.hash.update(input) }
        if state.head == nil {
            state.rest.append(input)
        } else {
            if count == 0 { try state.head?.finish() } else { try state.head?.process(input) }
            if let output = state.head?.output { state.rest += output }
        }
        return count == 0
    }

    private func close(_ state: inout State) {
        state.statistics[state.file].sha256 = state.hash.hexadecimalDigest
        state.statistics[state.file].repairedBytes += state.head?.repairedBytes ?? 0
        state.statistics[state.file].firstRepairedByte = (state.head?.takeFirstRepair()).flatMap { $0 }
        state.statistics[state.file].remarks += state.head?.remarks ?? []
        if state.head?.hasLost == true { state.statistics[state.file].hasLost = true }
        state.statistics[state.file].warnings += state.head?.warnings ?? []
        state.head = nil
        state.reader = nil
        state.file += 1
    }
}
