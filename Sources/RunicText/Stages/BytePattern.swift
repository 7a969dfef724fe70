/// Finds a text in bytes that come one by one (Knuth, Morris and Pratt, https://doi.org/10.1137/0206024).
struct BytePattern {
    let bytes: [UInt8]
    /// For every length of a prefix, the longest shorter prefix that it ends with.
    private let failures: [Int]
    /// The length of the prefix of the pattern that the bytes so far end with.
    private(set) var matched = 0

    /// - Parameter bytes: the pattern, not empty.
    init(_ bytes: [UInt8]) {
        precondition(!bytes.isEmpty, "an empty pattern")
        self.bytes = bytes
        var failures = [0, 0]
        for end in bytes.indices.dropFirst() {
            var length = failures[end]
            while length > 0 && bytes[length] != bytes[end] { length = failures[length] }
            failures.append(bytes[length] == bytes[end] ? length + 1 : 0)
        }
        self.failures = failures
    }

    /// Takes the next byte; returns whether the pattern ends with it, and then looks for another one after it.
    mutating func take(_ byte: UInt8) -> Bool {
        while matched > 0 && bytes[matched] != byte { matched = failures[matched] }
        if bytes[matched] == byte { matched += 1 }
        guard matched == bytes.count else { return false }
        matched = 0
        return true
    }

    /// Forgets the bytes so far.
    mutating func restart() {
        matched = 0
    }
}
