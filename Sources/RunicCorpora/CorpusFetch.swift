internal import Foundation
internal import RunicFiles

/// Fetches a corpus into a file: resumes an earlier download, checks the whole, puts it in place in one step.
///
/// The bytes go to `PATH.part`, with a note on their version in `PATH.part.json`; a zip file is unpacked to `PATH.unpacked`.
/// None of them may be a symbolic link, which could lead to any file of the user.
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
    /// The time in seconds, from any start.
    private let now: @Sendable () -> Double

    /// A fetch, not yet started.
    ///
    /// - Parameters:
    ///   - path: the file to write; nil: the corpus's file name in the current folder.
    ///   - address: another address of the same file; nil: the corpus's own.
    ///   - sha256: the expected SHA-256 of the text; nil: the corpus's own. If it differs from that, the text may have
    ///     any size.
    ///   - replaces: whether another file at `path` may be replaced.
    ///   - retries: how many times in a row to retry a connection that made no progress.
    ///   - patience: the time without a byte after which a connection counts as broken, in seconds.
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
        wait: @escaping @Sendable (Double) -> Void,
        now: @escaping @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
    ) {
        self.corpus = corpus
        self.path = path ?? corpus.fileName
        self.address = address ?? corpus.address
        self.replaces = replaces
        self.retries = retries
        self.http = http
        self.wait = wait
        self.now = now
        expectedHash = sha256?.lowercased() ?? corpus.sha256
        let isOther = sha256 != nil && corpus.sha256 != nil && sha256?.lowercased() != corpus.sha256
        sizes = isOther ? [] : Self.sizes(corpus, isMirror: address != nil && address != corpus.address)
    }

    /// Fetches the corpus if it is not there yet.
    ///
    /// - Parameters:
    ///   - watch: called with progress.
    ///   - isStopped: called often; true stops the fetch.
    /// - Throws: ``CorpusError``; the bytes so far are kept for the next attempt if they can be of use.
    public func run(
        watch: (CorpusProgress) -> Void = { _ in }, isStopped: () -> Bool = { false }
    ) throws(CorpusError) -> CorpusResult {
        let scheme = try CorpusAddress.scheme(of: address)
        if let there = try existing(watch) { return there }
        let part = try CorpusError.wrapping(OpenFile(path + ".part", for: .updating, followsLinks: false))
        guard part.lock() else { throw .busy(path: part.path) }
        do throws(CorpusError) {
            try fetch(into: part, by: transport(for: scheme), watch, isStopped)
            try CorpusError.wrapping(part.sync())
            let text = try text(of: part, watch, isStopped)
            try place(text.path)
            return result(byteCount: text.byteCount, sha256: text.sha256, isNew: true)
        } catch {
            switch error {
            case .size, .hash, .archive: discard()
            default:
                // There is nothing to resume.
                if (try? part.byteCount()) == 0 { discard() }
            }
            throw error
        }
    }

    // MARK: - An existing file

    private func existing(_ watch: (CorpusProgress) -> Void) throws(CorpusError) -> CorpusResult? {
        switch FilePath.kind(path) {
        case nil: return nil
        case .folder: throw .file(path: path, problem: "is a folder; name a file with --out")
        case .link, .other: throw .file(path: path, problem: "is not a regular file; name another with --out")
        case .file: break
        }
        watch(.checking)
        let (byteCount, sha256) = try CorpusError.wrappingErrors { () throws(FileError) in
            try Self.measure(OpenFile(path, for: .reading))
        }
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
        into part: OpenFile, by transport: any CorpusTransport, _ watch: (CorpusProgress) -> Void,
        _ isStopped: () -> Bool
    ) throws(CorpusError) {
        let received = try CorpusError.wrapping(part.byteCount())
        // An earlier process may have ended after the last byte and before the check.
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

    /// Sends one request and handles its response.
    private func exchange(
        _ download: inout CorpusDownload, _ part: OpenFile, _ transport: any CorpusTransport,
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
        try CorpusError.wrapping(part.truncate(to: download.received))
        try download.note.write(notePath)
        var pace = LeastPace(now: now())
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
            try CorpusError.wrapping(part.write(bytes))
            watch(.received(download.received, total: download.total ?? sizes.max()))
            if isStopped() { throw .stopped(kept: download.received) }
            if pace.isTooSlow(bytes.count, now: now()) {
                return try download.end("the server sends less than \(LeastPace.rate) bytes a second")
            }
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
        try CorpusError.wrappingErrors { () throws(FileError) in
            try FilePath.rename(text, to: path)
            for path in [notePath, path + ".part"] { try? FilePath.remove(path) }
            // The text is in place: a folder that may be written but not opened need not be synced.
            guard Folder.canBeOpened(FilePath.folder(of: path)) else { return }
            try Folder.sync(FilePath.folder(of: path), after: path)
        }
    }

    private func discard() {
        for path in [unpackedPath, notePath, path + ".part"] { try? FilePath.remove(path) }
    }

    private var notePath: String { path + ".part.json" }
    var unpackedPath: String { path + ".unpacked" }

    private func result(byteCount: Int, sha256: String, isNew: Bool) -> CorpusResult {
        CorpusResult(
            corpus: corpus, path: path, byteCount: byteCount, sha256: sha256, isVerified: expectedHash != nil,
            isNew: isNew, address: address)
    }

    /// The most bytes of a text that may have any size.
    static func ceiling(_ corpus: Corpus) -> Int { 4 * corpus.byteCount }

    /// The sizes that the download may have: a mirror may serve the text in place of the publisher's zip file.
    private static func sizes(_ corpus: Corpus, isMirror: Bool) -> [Int] {
        guard let archive = corpus.archiveByteCount else { return [corpus.byteCount] }
        return isMirror ? [archive, corpus.byteCount] : [archive]
    }
}

/// The progress of a fetch.
public enum CorpusProgress: Sendable, Hashable {
    /// Bytes received so far; `total` is nil if the size is unknown.
    case received(Int, total: Int?)
    /// Bytes of the text unpacked so far.
    case unpacked(Int, total: Int)
    /// The SHA-256 is being computed.
    case checking
    /// A partial download is resumed.
    case resumes(at: Int)
    /// The file at the address has changed, or cannot be resumed: it is fetched from the start.
    case startsAnew
    /// An attempt failed; the next one follows after some seconds.
    case waits(seconds: Double, reason: String)
}
