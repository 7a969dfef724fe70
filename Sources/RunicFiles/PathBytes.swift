/// The bytes of a path, which need not be UTF-8.
///
/// A path is a string everywhere. A byte that is not UTF-8 is held as the private-use character U+10FE00 plus the byte.
/// Where a name has one of these characters itself, each of its four bytes is held in this way. So every name has exactly
/// one string, and that string gives the name back; only this file knows how.
package enum PathBytes {
    /// The characters that stand for single bytes, 0x80 to 0xFF.
    private static let held: ClosedRange<UInt32> = (base + 0x80)...(base + 0xFF)
    private static let base: UInt32 = 0x10_FE00

    /// The string of a path that the system gave.
    ///
    /// - Complexity: O(bytes).
    package static func path(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self), isPlain(text) { return text }
        var path = String.UnicodeScalarView()
        var rest = bytes[...]
        while let first = rest.first {
            if let (scalar, count) = scalar(at: rest), !held.contains(scalar.value) {
                path.append(scalar)
                rest = rest.dropFirst(count)
            } else {
                if let byte = Unicode.Scalar(base + UInt32(first)) { path.append(byte) }
                rest = rest.dropFirst()
            }
        }
        return String(path)
    }

    /// The bytes that the system knows a path by.
    ///
    /// - Complexity: O(bytes).
    package static func bytes(of path: String) -> [UInt8] {
        guard !isPlain(path) else { return Array(path.utf8) }
        return path.unicodeScalars.flatMap { scalar -> [UInt8] in
            held.contains(scalar.value) ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
        }
    }

    /// The bytes that the system knows a path by, with the zero byte that ends them.
    package static func terminated(_ path: String) -> [CChar] {
        guard !isPlain(path) else { return Array(path.utf8CString) }
        return bytes(of: path).map { CChar(bitPattern: $0) } + [0]
    }

    /// A text with its paths as people read them: a byte that is not UTF-8 as `\xNN`.
    package static func shown(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        return text.unicodeScalars.reduce(into: "") { shown, scalar in
            guard held.contains(scalar.value) else { return shown.unicodeScalars.append(scalar) }
            shown += #"\x"# + String(UInt8(truncatingIfNeeded: scalar.value), radix: 16, uppercase: true)
        }
    }

    /// Whether a text holds no byte that is not UTF-8.
    package static func isPlain(_ text: String) -> Bool {
        // The UTF-8 of every character in `held` begins with this byte.
        !text.utf8.contains(0xF4) || !text.unicodeScalars.contains { held.contains($0.value) }
    }

    /// The character that valid UTF-8 begins with, and the number of its bytes; nil if the first byte is not UTF-8.
    private static func scalar(at bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        for count in 1...4 where count <= bytes.count {
            let text = String(validating: bytes.prefix(count), as: UTF8.self)
            if let scalar = text?.unicodeScalars.first { return (scalar, count) }
        }
        return nil
    }
}
