import Foundation

/// A text for measuring the pipeline, repeated until it is large.
struct TextCase {
    let name: String
    /// The goal of the speed relative to a plain loop over ICU.
    let goal: Double
    let bytes: Data

    /// A text is repeated until it has this many bytes.
    private static let least = 48 << 20

    /// - Throws: Foundation's error if it cannot be read.
    init(path: String, quick: Bool) throws {
        let once = try Data(contentsOf: URL(fileURLWithPath: path))
        name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        goal = Self.goal(once)
        let times = max(1, (quick ? Self.least / 10 : Self.least) / max(once.count, 1))
        var bytes = Data(capacity: once.count * times)
        for _ in 0..<times { bytes.append(once) }
        self.bytes = bytes
    }

    /// 5 for ASCII, 1.5 if most letters are Cyrillic, Chinese, Japanese or Korean, else 1.
    private static func goal(_ text: Data) -> Double {
        let ascii = text.count { $0 < 0x80 }
        guard Double(ascii) < 0.99 * Double(text.count) else { return 5 }
        var (simple, other) = (0, 0)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
            switch scalar.value {
            case 0x400..<0x530, 0x3000..<0xA000, 0xAC00..<0xD7B0, 0xFF00..<0xFFF0: simple += 1
            default: other += 1
            }
        }
        return simple > other ? 1.5 : 1
    }
}
