import Foundation
import RunicTesting
import RunicText

@testable import RunicCorpora

/// A corpus, and a folder of its own for fetching it, gone with the test.
final class Place {
    static let address = "https://example.org/corpus.txt"

    let text: [UInt8]
    private let own: TemporaryFolder
    var folder: String { own.path }
    var path: String { own.file("corpus.txt") }

    init(_ text: [UInt8] = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * $0 % 251) }) throws {
        self.text = text
        own = try TemporaryFolder()
    }

    var hash: String { SHA256.hexadecimalDigest(of: text) }

    /// The corpus, whose hash is known unless it is to be checked by its size alone.
    func corpus(isHashed: Bool = true, zip: [UInt8]? = nil) -> Corpus {
        Corpus(
            name: "corpus", summary: "bytes", address: Self.address, byteCount: text.count,
            sha256: isHashed ? hash : nil, archiveByteCount: zip?.count, licence: "none")
    }

    /// Fetches a corpus with the answers of a transport.
    func fetch(
        _ corpus: Corpus, _ transport: ScriptedTransport, from address: String? = nil, sha256: String? = nil,
        replaces: Bool = false, retries: Int = 2, watch: (CorpusProgress) -> Void = { _ in },
        isStopped: () -> Bool = { false }
    ) throws(CorpusError) -> CorpusResult {
        let fetch = CorpusFetch(
            corpus, to: path, from: address, sha256: sha256, replaces: replaces, retries: retries, http: transport,
            wait: { _ in })
        return try fetch.run(watch: watch, isStopped: isStopped)
    }

    /// What a file holds; nil where there is none.
    func bytes(_ suffix: String = "") -> [UInt8]? {
        FileManager.default.contents(atPath: path + suffix).map { [UInt8]($0) }
    }

    /// Leaves a partial download, as an earlier process would.
    func leave(_ count: Int, tag: String?, address: String = Place.address) throws {
        try Data(text.prefix(count)).write(to: URL(fileURLWithPath: path + ".part"))
        try PartialNote(address: address, validator: tag).write(path + ".part.json")
    }

    /// The names in the folder, in order.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }
}
