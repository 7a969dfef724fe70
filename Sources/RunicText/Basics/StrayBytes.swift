internal import CRunicText

/// Bytes of a file that are not UTF-8: how many there are, and where.
package struct StrayBytes: Sendable, Hashable {
    /// The number of bytes in ill-formed sequences.
    package private(set) var count = 0
    /// The offset of the first one in the file; nil if there is none.
    package private(set) var first: Int?

    package init() {}

    /// Looks at a part of the file, which begins between two characters.
    ///
    /// - Parameters:
    ///   - offset: where the part begins in the file.
    ///   - isFinal: whether it ends between two characters, or with the file.
    /// - Returns: the bytes at its end that may be the beginning of a character; they belong to the next part.
    /// - Complexity: O(bytes).
    @discardableResult
    package mutating func add(_ bytes: Span<UInt8>, at offset: Int, isFinal: Bool = true) -> Int {
        var index = 0
        while index < bytes.count {
            let rest = bytes.extracting(index..<bytes.count)
            let found = unsafe rest.withUnsafeBufferPointer { unsafe runic_utf8_check($0.baseAddress, $0.count) }
            index += Int(found.valid)
            if found.bad == 0 { return 0 }
            if found.truncated != 0 && !isFinal { return bytes.count - index }
            count += Int(found.bad)
            first = min(first ?? Int.max, offset + index)
            index += Int(found.bad)
        }
        return 0
    }

    /// Adds what another worker saw of the same file.
    mutating func add(_ other: StrayBytes) {
        count += other.count
        if let place = other.first { first = min(first ?? Int.max, place) }
    }

    /// What a user should know of them; nil if there are none.
    package var remark: String? {
        guard let first else { return nil }
        let bytes = count == 1 ? "1 byte is" : "\(count) bytes are"
        return "\(bytes) not UTF-8, the first at byte \(first); they are read as they are"
    }
}
