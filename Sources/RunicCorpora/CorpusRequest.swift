internal import RunicDisplay

/// What is asked of a server: a file, or the rest of one.
package struct CorpusRequest: Sendable, Hashable {
    /// The address.
    package let address: String
    /// The first byte that is wanted.
    package let offset: Int
    /// The ETag or date that the file must still have for the rest to be of use; nil asks without a condition.
    package let validator: String?

    /// The header fields of the request.
    package var headers: [String: String] {
        // A compressed answer would have another size, and its ranges other bytes.
        var headers = ["Accept-Encoding": "identity", "User-Agent": "runic/" + RunicVersion.current]
        guard offset > 0 else { return headers }
        headers["Range"] = "bytes=\(offset)-"
        if let validator { headers["If-Range"] = validator }
        return headers
    }
}
