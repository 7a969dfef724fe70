/// How a server answers, before the body.
package struct CorpusResponse: Sendable, Hashable, Codable {
    /// The status, such as 200.
    package let status: Int
    private let headers: [String: String]

    /// An answer; the names of the header fields may be in any case.
    package init(status: Int, headers: [String: String]) {
        self.status = status
        self.headers = Dictionary(headers.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a header field.
    package func header(_ name: String) -> String? { headers[name.lowercased()] }

    /// The size of the body in bytes, where it is told and the body is the file itself.
    var contentLength: Int? {
        guard (header("Content-Encoding") ?? "identity") == "identity" else { return nil }
        return header("Content-Length").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// What `Content-Range` tells: the first byte, if there is one, and the size of the whole file, if it is known.
    var contentRange: (start: Int?, total: Int?)? {
        guard let value = header("Content-Range"), value.lowercased().hasPrefix("bytes ") else { return nil }
        let parts = value.dropFirst(6).split(separator: "/")
        guard parts.count == 2 else { return nil }
        let start = parts[0].split(separator: "-").first.flatMap { Int($0) }
        return (start, Int(parts[1]))
    }

    /// What identifies this version of the file byte for byte: a strong ETag, or else the date of its last change.
    var validator: String? {
        if let tag = header("ETag"), !tag.hasPrefix("W/"), !tag.isEmpty { return tag }
        return header("Last-Modified")
    }
}
