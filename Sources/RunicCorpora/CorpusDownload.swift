/// The state of one download: what to request, what a response means, when to retry.
///
/// It does no input or output itself: it is told of each event and returns what to do next.
struct CorpusDownload {
    /// What to do after a response.
    enum Answer: Equatable {
        /// Keep the body: append it, or replace all bytes by it.
        case body(fromStart: Bool)
        /// Send the next request at once.
        case again
        /// Send the next request after some seconds.
        case later(seconds: Double, reason: String)
        /// The download is complete.
        case complete
    }

    /// Limits of a download.
    struct Terms {
        /// The sizes in bytes that the file may have; empty: any.
        var sizes: [Int]
        /// The most bytes to accept if the file may have any size, whatever the server says.
        var ceiling: Int
        /// Whether the hash of the whole is checked, so parts may be joined without a validator.
        var isHashed: Bool
        /// How many times in a row to retry without progress.
        var retries: Int
    }

    /// The number of bytes received so far.
    private(set) var received: Int
    /// The note to store with them.
    private(set) var note: PartialNote
    /// The size of the file in bytes; nil if the server does not say.
    private(set) var total: Int?

    private let terms: Terms
    private let origin: String
    private var address: String
    private var redirects = 0
    private var failures = 0
    private var mark: Int

    private static let largestRedirects = 10
    private static let longestPause = 30.0
    /// So many new bytes are progress and reset the count of retries.
    private static let progress = 1 << 16

    /// A download from `address` that continues after `received` bytes, which `note` describes.
    init(address: String, received: Int, note: PartialNote?, terms: Terms) {
        let isSame = note?.address == address && note?.validator != nil
        origin = address
        self.address = address
        self.terms = terms
        self.received = isSame || terms.isHashed ? received : 0
        self.note = isSame ? note ?? PartialNote(address: address) : PartialNote(address: address)
        mark = self.received
    }

    /// The next request.
    var request: CorpusRequest {
        CorpusRequest(address: address, offset: received, validator: note.validator)
    }

    /// Handles the head of a response.
    ///
    /// - Throws: ``CorpusError`` if the file cannot be had this way.
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
                throw .address(origin, reason: "redirects in circles; give another address with --from")
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

    /// Counts bytes of the body, before they are written.
    ///
    /// - Throws: ``CorpusError/size(address:expected:found:)`` if there are more than allowed.
    mutating func take(_ count: Int) throws(CorpusError) {
        let limit = total ?? terms.sizes.max() ?? terms.ceiling
        guard count <= limit - received else {
            throw .size(address: address, expected: terms.sizes.isEmpty ? [limit] : terms.sizes, found: nil)
        }
        received += count
    }

    /// Handles the end of the body; `reason` says why it broke off, if it did.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` if there is no retry left.
    mutating func end(_ reason: String? = nil) throws(CorpusError) -> Answer {
        let whole = total.map { $0 == received } ?? isWelcome(received)
        if whole && (total != nil || reason == nil) { return .complete }
        let place = "at byte \(received)" + (total.map { " of \($0)" } ?? "")
        let words = reason.map { "\($0) \(place)" } ?? "the connection was lost \(place)"
        return .later(seconds: try pause(words), reason: words)
    }

    /// Handles a request without a response.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` if there is no retry left.
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
        if let total, !isWelcome(total) {
            throw terms.sizes.isEmpty
                ? .size(address: address, expected: [terms.ceiling], found: nil)
                : .size(address: address, expected: terms.sizes, found: total)
        }
        self.total = total
    }

    private func isWelcome(_ size: Int) -> Bool {
        terms.sizes.isEmpty ? size <= terms.ceiling : terms.sizes.contains(size)
    }

    private mutating func pause(_ reason: String) throws(CorpusError) -> Double {
        if received < mark || received - mark >= Self.progress {
            failures = 0
            mark = received
        }
        failures += 1
        guard failures <= terms.retries else {
            throw .connection(address: address, reason: reason, kept: received)
        }
        // The target of a redirect may be valid for a short time only.
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
