internal import Dispatch
internal import RunicSymbols
internal import Synchronization

/// One pass over a corpus by several threads: pieces are read, staged, segmented and numbered, and the numbers spooled.
struct CorpusPass {
    /// What a pass leaves.
    struct Result {
        let workers: [ChunkWorker]
        let spool: IDStore
        let places: [ChunkOrder.Place]
        let files: [FileStatistics]
    }

    let pipeline: TextPipeline
    let pieceSize: Int
    let threads: Int
    let folder: String?

    /// How many bytes go through all stages at a time.
    private static let stepSize = 1 << 17

    /// Goes over all files.
    ///
    /// - Parameter vocabulary: where numbers come from; nil: each worker gives its own.
    /// - Throws: `TextError.emptyText` if there is no symbol at all, and of what reading and the stages throw what comes first
    ///   in the text.
    func run(_ source: TextSource, vocabulary: Vocabulary?) throws(TextError) -> Result {
        let reader = ChunkReader(source, pipeline: pipeline, pieceSize: pieceSize)
        let size = source.files.contains { $0.path == TextFile.standardInputPath } ? Int.max / 4 : source.size
        let spool: IDStore
        do { spool = try IDStore(expectedBytes: size * 2, folder: folder) } catch {
            throw .unwritable(reason: error.description)
        }
        let order = ChunkOrder(spool)
        var workers: [ChunkWorker] = []
        for _ in 0..<max(1, threads) {
            workers.append(
                try ChunkWorker(
                    source, pipeline: pipeline, vocabulary: vocabulary, stepSize: min(pieceSize, Self.stepSize)))
        }
        let failure = FirstFailure()
        let crew = Crew(workers)
        DispatchQueue.concurrentPerform(iterations: workers.count) { index in
            crew.work(index, reader, order, failure)
        }
        if let error = failure.error { throw error }
        for worker in workers { worker.finish() }
        let files = sum(reader.statistics, workers)
        if files.allSatisfy({ $0.symbols == 0 }) { throw .emptyText(path: source.label) }
        return Result(workers: workers, spool: spool, places: order.places, files: files)
    }

    private func sum(_ read: [FileStatistics], _ workers: [ChunkWorker]) -> [FileStatistics] {
        var files = read
        for share in workers.flatMap(\.shares) {
            files[share.key].codePoints += share.value.codePoints
            files[share.key].symbols += share.value.symbols
            files[share.key].graphemeClusters += share.value.graphemeClusters
            files[share.key].repairedBytes += share.value.repairedBytes
            for remark in share.value.remarks where !files[share.key].remarks.contains(remark) {
                files[share.key].remarks.append(remark)
            }
        }
        return files
    }
}

/// The workers of a pass.
///
/// `@unchecked`: each worker is used by the thread that has its number, and by nobody else before all are done.
private final class Crew: @unchecked Sendable {
    private let workers: [ChunkWorker]

    init(_ workers: [ChunkWorker]) { self.workers = workers }

    func work(_ index: Int, _ reader: ChunkReader, _ order: ChunkOrder, _ failure: FirstFailure) {
        let worker = workers[index]
        var piece = TextChunk()
        while true {
            do throws(TextError) {
                guard try reader.next(&piece) else { return }
            } catch {
                failure.note(error, piece: Int.max)
                return
            }
            do throws(TextError) {
                let isHashed = reader.hash(piece)
                try worker.take(piece)
                try put(piece, index, worker.numberer, order)
                if !isHashed { reader.giveToHash(&piece) }
            } catch {
                failure.note(error, piece: piece.index)
                reader.stop()
                return
            }
        }
    }

    private func put(
        _ piece: TextChunk, _ index: Int, _ numberer: SymbolIndexer, _ order: ChunkOrder
    ) throws(TextError) {
        do throws(SymbolFileError) {
            try unsafe numberer.withNumbers { bytes, width throws(SymbolFileError) in
                let numbers = unsafe ChunkOrder.Numbers(
                    bytes: bytes, width: width, worker: index, absentCodePoints: numberer.absent.firstUnknownCodePoints)
                try unsafe order.put(numbers, piece: piece.index)
            }
        } catch {
            throw .unwritable(reason: error.description)
        }
    }
}

/// Of the errors of all workers the one that comes first in the text.
private final class FirstFailure: Sendable {
    private let found = Mutex<(piece: Int, error: TextError)?>(nil)

    var error: TextError? { found.withLock { $0?.error } }

    func note(_ error: TextError, piece: Int) {
        found.withLock { found in
            if found == nil || found.map({ piece < $0.piece }) == true { found = (piece, error) }
        }
    }
}
