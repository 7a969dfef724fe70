internal import Foundation

/// Fetches a corpus into a file: goes on with what an earlier try left, checks the whole, puts it in place in one step.
///
/// The bytes come to `PATH.part`, with a note about their version in `PATH.part.json`; a zip is unpacked to `PATH.unpacked`.
public struct CorpusFetch: Sendable {
    let corpus: Corpus
    let path: String
    let address: String
    let expectedHash: String?
    let sizes: [Int]
    private let replaces: Bool
    private let retries: Int
    private let http: any CorpusTransport & Sendable
    private let wait: @Sendable (Double) -> Void

    /// Describes what to fetch.
    ///
    /// - Parameters:
    ///   - path: where the text is to be; nil stands for the corpus's file name in the current folder.
    ///   - address: another place of the same file; nil stands for the corpus's own.
    ///   - sha256: the SHA-256 that the text must have; nil stands for the corpus's own. With another than that, the
    ///     text may have any size.
    ///   - replaces: whether another file at `path` may be replaced.
    ///   - retries: how often a broken connection is made again without having come on.
    ///   - patience: after so many seconds without a byte a connection counts as broken.
    ///   - helper: the path of the program `runic-fetch`, which speaks HTTP.
    public init(
        _ corpus: Corpus, to path: String? = nil, from address: String? = nil, sha256: String? = nil,
        replaces: Bool = false, retries: Int = 5, patience: Double = 30, helper: String
    ) {
        self.init(
            corpus, to: path, from: address, sha256: sha256, replaces: replaces, retries: retries,
            http: HelperTransport(program: helper, patience: patience), wait: { Thread.sleep(forTimeInterval: $0) })
    }

    init(
        _ corpus: Corpus, to path: String? = nil, from address: String? = nil, sha256: String? = nil,
        replaces: Bool = false, retries: Int = 5, http: any CorpusTransport & Sendable,
        wait: @escaping @Sendable (Double) -> Void
    ) {
        self.corpus = corpus
        self.path = path ?? corpus.fileName
        self.address = address ?? corpus.address
        self.replaces = replaces
        self.retries = retries
        self.http = http
        self.wait = wait
        expectedHash = sha256?.lowercased() ?? corpus.sha256
        let isOther = sha256 != nil && corpus.sha256 != nil && sha256?.lowercased() != corpus.sha256
        sizes = isOther ? [] : Self.sizes(corpus, isMirror: address != nil && address != corpus.address)
    }

    /// Fetches the corpus, unless it is there.
    ///
    /// - Parameters:
    ///   - watch: is told how it comes on.
    ///   - isStopped: is asked often whether the user wants it to stop.
    /// - Throws: ``CorpusError``; what was fetched is kept for the next time unless it cannot be of use.
    public func run(
        watch: (CorpusProgress) -> Void = { _ in }, isStopped: () -> Bool = { false }
    ) throws(CorpusError) -> CorpusResult {
        let scheme = try CorpusAddress.scheme(of: address)
        if let there = try existing(watch) { return there }
        let part = try LocalFile(path + ".part", for: .writing)
        try part.lock()
        do throws(CorpusError) {
            try fetch(into: part, by: transport(for: scheme), watch, isStopped)
            try part.sync()
            let text = try text(of: part, watch, isStopped)
            try place(text.path)
            return result(byteCount: text.byteCount, sha256: text.sha256, isNew: true)
        } catch {
            switch error {
            case .size, .hash, .archive: discard()
            default:
                // An empty file is no beginning.
                if try part.byteCount() == 0 { discard() }
            }
            throw error
        }
    }

    // MARK: - The file that is there

    private func existing(_ watch: (CorpusProgress) -> Void) throws(CorpusError) -> CorpusResult? {
        switch SystemCall.kind(path) {
        case .nothing: return nil
        case .folder: throw .file(path: path, problem: "is a folder; name a file with --out")
        case .other: throw .file(path: path, problem: "is not a regular file; name another with --out")
        case .file: break
        }
        watch(.checking)
        let (byteCount, sha256) = try Self.measure(LocalFile(path, for: .reading))
        let isSame = expectedHash.map { $0 == sha256 } ?? (byteCount == corpus.byteCount)
        if isSame { return result(byteCount: byteCount, sha256: sha256, isNew: false) }
        guard replaces else { throw .occupied(path: path, byteCount: byteCount, sha256: sha256) }
        return nil
    }

    // MARK: - The download

    private func transport(for scheme: String) -> any CorpusTransport {
        if scheme == "file" { return FileTransport() }
        return http
    }

    private func fetch(
        into part: LocalFile, by transport: any CorpusTransport, _ watch: (CorpusProgress) -> Void,
        _ isStopped: () -> Bool
    ) throws(CorpusError) {
        let received = try part.byteCount()
        // An earlier process may have ended between the last byte and the check.
        if sizes.contains(received), expectedHash != nil { return }
        var download = CorpusDownload(
            address: address, received: received, note: PartialNote.read(notePath),
            terms: .init(
                sizes: sizes, ceiling: Self.ceiling(corpus), isHashed: expectedHash != nil, retries: retries))
        if received > 0 { watch(download.received > 0 ? .resumes(at: download.received) : .startsAnew) }
        while true {
            if isStopped() { throw .stopped(kept: download.received) }
            switch try exchange(&download, part, transport, watch, isStopped) {
            case .complete: return
            case .again, .body: break
            case .later(let seconds, let reason):
                if isStopped() { throw .stopped(kept: download.received) }
                watch(.waits(seconds: seconds, reason: reason))
                pause(seconds, isStopped)
            }
        }
    }

    /// One request and its answer: what to do then.
    private func exchange(
        _ download: inout CorpusDownload, _ part: LocalFile, _ transport: any CorpusTransport,
        _ watch: (CorpusProgress) -> Void, _ isStopped: () -> Bool
    ) throws(CorpusError) -> CorpusDownload.Answer {
        let stream: any CorpusStream
        do throws(CorpusError) {
            stream = try transport.open(download.request)
        } catch {
            guard case .connection(_, let reason, _) = error else { throw error }
            return try download.fail(reason)
        }
        defer { stream.cancel() }
        let before = download.received
        let answer = try download.answer(stream.response)
        if before > 0 && download.received == 0 { watch(.startsAnew) }
        guard case .body = answer else { return answer }
        try part.cut(to: download.received)
        try download.note.write(notePath)
        while true {
            let bytes: [UInt8]
            do throws(CorpusError) {
                guard let next = try stream.next() else { return try download.end() }
                bytes = next
            } catch {
                guard case .connection(_, let reason, _) = error else { throw error }
                return try download.end(reason)
            }
            try download.take(bytes.count)
            try part.write(bytes)
            watch(.received(download.received, total: download.total ?? sizes.max()))
            if isStopped() { throw .stopped(kept: download.received) }
        }
    }

    private func pause(_ seconds: Double, _ isStopped: () -> Bool) {
        var left = seconds
        while left > 0 && !isStopped() {
            wait(min(left, 0.1))
            left -= 0.1
        }
    }

    private func place(_ text: String) throws(CorpusError) {
        try SystemCall.move(text, to: path)
        for path in [notePath, path + ".part"] { SystemCall.remove(path) }
    }

    private func discard() {
        for path in [unpackedPath, notePath, path + ".part"] { SystemCall.remove(path) }
    }

    private var notePath: String { path + ".part.json" }
    var unpackedPath: String { path + ".unpacked" }

    private func result(byteCount: Int, sha256: String, isNew: Bool) -> CorpusResult {
        CorpusResult(
            corpus: corpus, path: path, byteCount: byteCount, sha256: sha256, isVerified: expectedHash != nil,
            isNew: isNew, address: address)
    }

    /// More bytes than this are not taken for a text that may have any size.
    static func ceiling(_ corpus: Corpus) -> Int { 4 * corpus.byteCount }

    /// The sizes that the download may have: a mirror may have the text where the publisher has a zip.
    private static func sizes(_ corpus: Corpus, isMirror: Bool) -> [Int] {
        guard let archive = corpus.archiveByteCount else { return [corpus.byteCount] }
        return isMirror ? [archive, corpus.byteCount] : [archive]
    }
}
