internal import CRunicText

/// The number of code points in valid UTF-8; of a byte alone, 1 if it begins a code point.
package func codePointCount(of bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe Int(runic_utf8_code_points($0.baseAddress, $0.count)) }
}
