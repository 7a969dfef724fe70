internal import RunicDisplay

/// A way to fetch bytes from an address.
package protocol CorpusTransport {
    /// Sends a request and returns when the response begins; a redirect is returned like any other response.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` if there is no response.
    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream
}

/// A response that is being received.
package protocol CorpusStream: AnyObject {
    /// The status and header fields.
    var response: CorpusResponse { get }

    /// The next bytes of the body, none if a signal came first; nil at the end.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` if the body ends too early.
    func next() throws(CorpusError) -> [UInt8]?

    /// Drops the rest of the body.
    func cancel()
}

/// A request for a file, or for the rest of one.
package struct CorpusRequest: Sendable, Hashable {
    /// The address.
    package let address: String
    /// The offset of the first byte wanted.
    package let offset: Int
    /// The ETag or date that the file must still have; nil: no condition.
    package let validator: String?

    /// The header fields of the request.
    package var headers: [String: String] {
        // A compressed response would have another size and other ranges.
        var headers = ["Accept-Encoding": "identity", "User-Agent": "runic/" + RunicVersion.current]
        guard offset > 0 else { return headers }
        headers["Range"] = "bytes=\(offset)-"
        if let validator { headers["If-Range"] = validator }
        return headers
    }
}

/// The head of a response: status and header fields.
package struct CorpusResponse: Sendable, Hashable, Codable {
    /// The status, such as 200.
    package let status: Int
    private let headers: [String: String]

    /// - Parameter headers: the names may be in any case.
    package init(status: Int, headers: [String: String]) {
        self.status = status
        self.headers = Dictionary(headers.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a header field.
    package func header(_ name: String) -> String? { headers[name.lowercased()] }

    /// The size of the body in bytes; nil if it is not given or the body is encoded.
    var contentLength: Int? {
        guard (header("Content-Encoding") ?? "identity") == "identity" else { return nil }
        return header("Content-Length").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// `Content-Range`: the offset of the first byte and the size of the whole file, as far as given.
    var contentRange: (start: Int?, total: Int?)? {
        guard let value = header("Content-Range"), value.lowercased().hasPrefix("bytes ") else { return nil }
        let parts = value.dropFirst(6).split(separator: "/")
        guard parts.count == 2 else { return nil }
        let start = parts[0].split(separator: "-").first.flatMap { Int($0) }
        return (start, Int(parts[1]))
    }

    /// The identity of this version of the file, byte for byte: a strong ETag, or else the date of its last change.
    var validator: String? {
        if let tag = header("ETag"), !tag.hasPrefix("W/"), !tag.isEmpty { return tag }
        return header("Last-Modified")
    }
}
