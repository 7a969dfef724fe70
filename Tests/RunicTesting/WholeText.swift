internal import CRunicICUReference

package func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// What ICU makes of the whole text: the clusters.
package func wholeClusters(_ bytes: [UInt8]) -> [[UInt8]] { wholeSymbols(0, "en", bytes) }

/// What ICU makes of the whole text: the clusters (kind 0) or words (kind 1) of a language.
package func wholeSymbols(_ kind: Int32, _ locale: String, _ bytes: [UInt8]) -> [[UInt8]] {
    var ends = [UInt32](repeating: 0, count: bytes.count + 1)
    let count = unsafe reference_symbol_ends(kind, locale, bytes, bytes.count, &ends)
    var start = 0
    return ends.prefix(Int(count)).map { end in
        defer { start = Int(end) }
        return Array(bytes[start..<Int(end)])
    }
}
