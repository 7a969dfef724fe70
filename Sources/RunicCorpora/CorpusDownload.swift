/// The course of one download: what to ask, what an answer means, when to try again.
///
/// It knows nothing of networks and disks: it is told what came, and says what to do.
struct CorpusDownload {
    /// What an answer means.
    enum Answer: Equatable {
        /// The body is to be kept: behind the bytes there are, or from the start.
        case body(fromStart: Bool)
        /// Ask again at once.
        case again
        /// Ask again after so many seconds.
        case later(seconds: Double, reason: String)
        /// There is nothing more to come.
        case complete
    }

    /// What a download may be.
    struct Terms {
        /// The sizes in bytes that the file may have; empty where any will do.
        var sizes: [Int]
        /// More bytes than this are never taken where the size of the file is not known.
        var ceiling: Int
        /// Whether the whole will be checked by its hash, so that bytes may be put together without a condition.
        var isHashed: Bool
        /// How often it is tried again without having come on.
        var retries: Int
    }

    /// The bytes there are.
    private(set) var received: Int
    /// What to remember beside them.
    private(set) var note: PartialNote
    /// The size of the file in bytes, as far as the server tells.
    private(set) var total: Int?

    private let terms: Terms
    private let origin: String
    private var address: String
    private var redirects = 0
    private var failures = 0
    private var mark: Int

    private static let largestRedirects = 10
    private static let longestPause = 30.0
    /// So many new bytes are a step forward, after which the retries are counted anew.
    private static let progress = 1 << 16

    /// A download from `address` that goes on behind `received` bytes of which `note` tells.
    init(address: String, received: Int, note: PartialNote?, terms: Terms) {
        let isSame = note?.address == address && note?.validator != nil
        origin = address
        self.address = address
        self.terms = terms
        self.received = isSame || terms.isHashed ? received : 0
        self.note = isSame ? note ?? PartialNote(address: address) : PartialNote(address: address)
        mark = self.received
    }

    /// What to ask next.
    var request: CorpusRequest {
        CorpusRequest(address: address, offset: received, validator: note.validator)
    }

    /// Takes the head of an answer.
    ///
    /// - Throws: ``CorpusError`` where it cannot lead to the file.
    mutating func answer(_ response: CorpusResponse) throws(CorpusError) -> Answer {
        switch response.status {
        case 200:
            received = 0
            try found(total: response.contentLength)
            note = PartialNote(address: origin, validator: response.validator)
            return .body(fromStart: true)
        case 206 where received > 0: return try part(response)
        case 416 where received > 0:
            if let total = response.contentRange?.total, total == received, isWelcome(total) { return .complete }
            return anew()
        case 301, 302, 303, 307, 308:
            guard let location = response.header("Location") else { break }
            redirects += 1
            guard redirects <= Self.largestRedirects else {
                throw .address(origin, reason: "leads on in circles; give another with --from")
            }
            address = try CorpusAddress.redirected(from: address, to: location)
            return .again
        case 408, 425, 429, 500, 502, 503, 504:
            let reason = "the server answers \(Self.words(response.status))"
            return .later(seconds: try pause(reason), reason: reason)
        default: break
        }
        throw .refused(address: address, answer: Self.words(response.status))
    }

    /// Takes note of bytes of the body, before they are kept.
    ///
    /// - Throws: ``CorpusError/size(address:expected:found:)`` where there are more of them than there may be.
    mutating func take(_ count: Int) throws(CorpusError) {
        let limit = total ?? terms.sizes.max() ?? terms.ceiling
        guard count <= limit - received else {
            throw .size(address: address, expected: terms.sizes.isEmpty ? [limit] : terms.sizes, found: nil)
        }
        received += count
    }

    /// Takes note of the body's end; `reason` says why it broke, if it did.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` where it is not tried again.
    mutating func end(_ reason: String? = nil) throws(CorpusError) -> Answer {
        let whole = total.map { $0 == received } ?? isWelcome(received)
        if whole && (total != nil || reason == nil) { return .complete }
        let place = "at byte \(received)" + (total.map { " of \($0)" } ?? "")
        let words = reason.map { "\($0) \(place)" } ?? "the connection was cut \(place)"
        return .later(seconds: try pause(words), reason: words)
    }

    /// Takes note that there was no answer.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` where it is not tried again.
    mutating func fail(_ reason: String) throws(CorpusError) -> Answer {
        .later(seconds: try pause(reason), reason: reason)
    }

    private mutating func part(_ response: CorpusResponse) throws(CorpusError) -> Answer {
        let tag = response.validator
        guard let range = response.contentRange, range.start == received,
            tag == nil || note.validator == nil || tag == note.validator
        else { return anew() }
        try found(total: range.total)
        if note.validator == nil { note.validator = tag }
        return .body(fromStart: false)
    }

    private mutating func anew() -> Answer {
        received = 0
        note.validator = nil
        return .again
    }

    private mutating func found(total: Int?) throws(CorpusError) {
        if let total, !isWelcome(total) { throw .size(address: address, expected: terms.sizes, found: total) }
        self.total = total
    }

    private func isWelcome(_ size: Int) -> Bool { terms.sizes.isEmpty || terms.sizes.contains(size) }

    private mutating func pause(_ reason: String) throws(CorpusError) -> Double {
        if received < mark || received - mark >= Self.progress {
            failures = 0
            mark = received
        }
        failures += 1
        guard failures <= terms.retries else {
            throw .connection(address: address, reason: reason, kept: received)
        }
        // Where a redirect led may hold for a short time only.
        (address, redirects) = (origin, 0)
        return min(Double(1 << (min(failures, 10) - 1)), Self.longestPause)
    }

    private static func words(_ status: Int) -> String {
        let names = [
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 408: "Request Timeout",
            410: "Gone", 416: "Range Not Satisfiable", 429: "Too Many Requests", 500: "Internal Server Error",
            502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        ]
        return "\(status)" + (names[status].map { " (\($0))" } ?? "")
    }
}
