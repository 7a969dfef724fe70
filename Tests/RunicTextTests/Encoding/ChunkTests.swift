import RunicSymbols
import RunicTesting
import Testing

@testable import RunicText

struct ChunkTests {
    @Test("random texts in chunks of any size, by any number of threads, give the clusters of the whole normal form")
    func randomTexts() throws {
        let folder = try TemporaryFolder()
        var texts = RandomTexts(generator: Generator(state: 29))
        let pipeline = try TextPipeline(PipelineDescription(newlines: .keep))
        for round in 0..<60 {
            // What a text can be cut between is rare in random texts: some words and lines are put in.
            let parts = (0..<12).map { _ in texts.next(upTo: 12) }
            let text = bytes(parts.joined(separator: ["ab", "\n", "\u{6F22}\u{5B57}", "\r\n", "\u{3042}"][round % 5]))
            let expected = wholeClusters(wholeNormal(.nfc, text))
            let source = try TextSource(paths: [try folder.write(text, to: "t")])
            for (size, threads) in [(1, 1), (2, 3), (7, 2), (1 << 20, 2)] {
                let encoder = CorpusEncoder(pipeline: pipeline, chunkSize: size, threads: threads)
                let made = try encoder.encode(source)
                let found = made.identifiers.map { made.vocabulary.bytes(of: Int($0)) }
                if found != expected { Issue.record("\(text) in chunks of \(size)") }
                let again = try encoder.encode(source, with: made.vocabulary)
                #expect(again.identifiers == made.identifiers && again.counts == made.counts)
            }
        }
    }

    @Test("files are hashed in order, whoever has their chunks")
    func hashes() throws {
        let folder = try TemporaryFolder()
        var generator = Generator(state: 3)
        let texts = [300, 0, 1, 5_000, 0].map { count in
            (0..<count).map { _ in UInt8(0x61 + generator.next(below: 26)) }
        }
        let paths = try texts.enumerated().map { try folder.write($0.element, to: "\($0.offset)") }
        let source = try TextSource(paths: paths)
        for (size, threads) in [(1, 3), (7, 3), (64, 2), (1 << 20, 2), (7, 1)] {
            let encoder = CorpusEncoder(pipeline: try TextPipeline(), chunkSize: size, threads: threads)
            #expect(try encoder.encode(source).files.map(\.sha256) == texts.map { SHA256.hexadecimalDigest(of: $0) })
        }
        // And out of order.
        let hashes = ChunkHashes()
        for index in [2, 1, 3, 0, 4] {
            var chunk = TextChunk(
                index: index, file: index / 2, bytes: [UInt8](repeating: UInt8(index), count: 100 + index))
            if !hashes.take(chunk) { hashes.give(&chunk) }
        }
        let chunks = (0..<5).map { [UInt8](repeating: UInt8($0), count: 100 + $0) }
        #expect(
            hashes.digests(count: 4)
                == [chunks[0] + chunks[1], chunks[2] + chunks[3], chunks[4], []].map {
                    SHA256.hexadecimalDigest(of: $0)
                })
    }

    @Test("a stage that needs the whole text gives the same in chunks")
    func headStages() throws {
        let folder = try TemporaryFolder()
        let text = bytes("a,b\n\"x\ny\",z\n1,\u{E9}e\u{301}\n")
        let source = try TextSource(paths: [try folder.write(text, to: "t.csv")])
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [
                StageDescription(name: "decode"), StageDescription(name: "fields", options: ["column": "b+a"]),
                StageDescription(name: "normalize"), StageDescription(name: "segment"),
            ]))
        let whole = try CorpusEncoder(pipeline: pipeline, threads: 1).encode(source)
        let decoded = whole.vocabulary.decode(whole.identifiers)
        #expect(decoded == bytes("z\nx\ny\n\u{E9}\u{E9}\n1\n"))
        for size in 1...20 {
            let corpus = try CorpusEncoder(pipeline: pipeline, chunkSize: size, threads: 3).encode(source)
            #expect(corpus.identifiers == whole.identifiers)
        }
    }

    @Test("ids written to a store in any order come back, from memory and from a file")
    func spool() throws {
        for size in [100, IDStore.smallBytes + 1] {
            let spool = try IDStore(expectedBytes: size)
            let ids = (0..<50_000).map { UInt16(truncatingIfNeeded: $0 &* 7) }
            for start in stride(from: 45_000, through: 0, by: -5_000) {
                try unsafe Array(ids[start..<start + 5_000]).withUnsafeBufferPointer {
                    try unsafe spool.write(UnsafeRawBufferPointer($0), at: start * 2)
                }
            }
            var some = [UInt16](repeating: 0, count: 3)
            try unsafe some.withUnsafeMutableBufferPointer {
                try unsafe spool.read(into: UnsafeMutableRawBufferPointer($0), at: 40_000 * 2)
            }
            #expect(some == Array(ids[40_000..<40_003]))
            let sequence = try spool.sequence(count: ids.count)
            #expect(Array(sequence) == ids)
            sequence.releasePages()
            #expect(Array(sequence[49_990...]) == Array(ids[49_990...]))
        }
        #expect(throws: SymbolFileError.system(path: "/no/such", reason: "no such file or directory")) {
            try IDStore(expectedBytes: IDStore.smallBytes + 1, folder: "/no/such")
        }
    }
}
