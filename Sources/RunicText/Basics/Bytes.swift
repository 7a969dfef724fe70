internal import CRunicText

extension [UInt8] {
    /// Appends the bytes of a span.
    package mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// The bytes as an array. Linear.
    var copied: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(self)
        return bytes
    }
}

/// The number of code points in valid UTF-8; for a single byte, 1 if it begins a code point.
package func codePointCount(of bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe Int(runic_utf8_code_points($0.baseAddress, $0.count)) }
}
