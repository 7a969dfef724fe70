internal import RunicSymbols
internal import RunicThreads
internal import Synchronization

/// One pass over a corpus by several threads: chunks are read, staged, segmented and encoded, and their ids stored.
struct CorpusPass {
    /// The result of a pass.
    struct Result {
        let workers: [ChunkWorker]
        let store: IDStore
        let places: [ChunkOrder.Place]
        let files: [FileStatistics]
    }

    let pipeline: TextPipeline
    let chunkSize: Int
    let threads: Int
    let folder: String?
    let boundary: FileBoundary?

    /// Bytes that go through all stages at a time.
    private static let stepSize = 1 << 17

    /// Encodes all files.
    ///
    /// - Parameter vocabulary: gives the ids; nil: each worker gives local ids of its own.
    /// - Throws: `TextError.emptyText` if there is no symbol at all; otherwise the first error, in the order of the text, of reading
    ///   and the stages.
    func run(_ source: TextSource, vocabulary: Vocabulary?) throws(TextError) -> Result {
        let reader = ChunkReader(source, pipeline: pipeline, chunkSize: chunkSize, boundary: boundary)
        let store: IDStore
        do { store = try IDStore(expectedBytes: source.hasUnknownSize ? nil : source.size * 2, folder: folder) } catch {
            throw .unwritable(reason: error.description)
        }
        let order = ChunkOrder(store)
        var workers: [ChunkWorker] = []
        for _ in 0..<max(1, threads) {
            workers.append(
                try ChunkWorker(
                    source, pipeline: pipeline, vocabulary: vocabulary, stepSize: min(chunkSize, Self.stepSize)))
        }
        let failure = FirstFailure()
        let crew = Crew(workers)
        concurrently(workers.count) { index in crew.work(index, reader, order, failure) }
        if let error = failure.error { throw EncodingVerdict.advised(error) }
        for worker in workers { worker.finish() }
        let files = sum(reader.statistics, workers)
        if files.allSatisfy({ $0.symbols == 0 }) { throw .emptyText(path: source.label) }
        return Result(workers: workers, store: store, places: order.places, files: files)
    }

    private func sum(_ read: [FileStatistics], _ workers: [ChunkWorker]) -> [FileStatistics] {
        var files = read
        for counts in workers.flatMap(\.fileCounts) {
            files[counts.key].codePoints += counts.value.codePoints
            files[counts.key].symbols += counts.value.symbols
            files[counts.key].graphemeClusters += counts.value.graphemeClusters
            files[counts.key].repairedBytes += counts.value.repairedBytes
            if let place = counts.value.firstRepairedByte {
                files[counts.key].firstRepairedByte = min(files[counts.key].firstRepairedByte ?? Int.max, place)
            }
            files[counts.key].strayBytes.add(counts.value.strayBytes)
            if counts.value.hasLost { files[counts.key].hasLost = true }
            files[counts.key].warnings += counts.value.warnings
            for remark in counts.value.remarks where !files[counts.key].remarks.contains(remark) {
                files[counts.key].remarks.append(remark)
            }
        }
        for index in files.indices { files[index].remarks += [files[index].strayBytes.remark].compactMap(\.self) }
        return files
    }
}

/// The workers of a pass.
///
/// `@unchecked`: each worker is used by the thread of its index only, until all are done.
private final class Crew: @unchecked Sendable {
    private let workers: [ChunkWorker]

    init(_ workers: [ChunkWorker]) { self.workers = workers }

    func work(_ index: Int, _ reader: ChunkReader, _ order: ChunkOrder, _ failure: FirstFailure) {
        let worker = workers[index]
        var chunk = TextChunk()
        while true {
            do throws(TextError) {
                guard try reader.next(&chunk) else { return }
            } catch {
                failure.note(error, chunk: Int.max)
                return
            }
            do throws(TextError) {
                let isHashed = reader.hash(chunk)
                try worker.take(chunk)
                try put(chunk, index, worker.indexer, order)
                if !isHashed { reader.giveToHash(&chunk) }
            } catch {
                failure.note(error, chunk: chunk.index)
                reader.stop()
                return
            }
        }
    }

    private func put(
        _ chunk: TextChunk, _ index: Int, _ indexer: SymbolIndexer, _ order: ChunkOrder
    ) throws(TextError) {
        do throws(SymbolFileError) {
            try unsafe indexer.withIDs { bytes, width throws(SymbolFileError) in
                let absent = ChunkOrder.Absent(
                    firstCodePoints: indexer.absent.firstUnknownCodePoints, lengths: indexer.absent.lengths)
                let ids = unsafe ChunkOrder.IDs(bytes: bytes, width: width, worker: index, absent: absent)
                try unsafe order.put(ids, chunk: chunk.index)
            }
        } catch {
            throw .unwritable(reason: error.description)
        }
    }
}

/// The first error of all workers in the order of the text.
private final class FirstFailure: Sendable {
    private let found = Mutex<(chunk: Int, error: TextError)?>(nil)

    var error: TextError? { found.withLock { $0?.error } }

    func note(_ error: TextError, chunk: Int) {
        found.withLock { found in
            if found == nil || found.map({ chunk < $0.chunk }) == true { found = (chunk, error) }
        }
    }
}
