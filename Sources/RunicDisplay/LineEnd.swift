/// The symbols that end a line.
package enum LineEnd {
    private static let all: Set<[UInt8]> = Set(
        ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].map { Array($0.utf8) })

    package static func isLineEnd(_ bytes: [UInt8]) -> Bool { all.contains(bytes) }
}
