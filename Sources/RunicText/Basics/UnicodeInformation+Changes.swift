extension UnicodeInformation {
    /// Where the probe's symbols here are others than `other`'s, such as `«क्ष» is 1 symbol here and was 2`.
    ///
    /// - Parameters:
    ///   - other: what another machine noted of the same probe; nothing is known where it noted no segments, or of another one.
    ///   - limit: the most examples.
    public func changes(from other: UnicodeInformation, limit: Int = 3) -> [String] {
        let probe = Array(Self.probe.utf8)
        guard let here = Self.ends(segments, of: probe), let there = Self.ends(other.segments, of: probe) else {
            return []
        }
        let common = here.intersection(there).sorted()
        var changes: [String] = []
        for (start, end) in zip([0] + common, common) where changes.count < limit {
            let (now, before) = (here.count { $0 > start && $0 <= end }, there.count { $0 > start && $0 <= end })
            guard now != before || now > 1 else { continue }
            let text = Self.shown(String(decoding: probe[start..<end], as: UTF8.self))
            changes.append(
                now == before
                    ? "«\(text)» is cut elsewhere"
                    : "«\(text)» is \(now) symbol\(now == 1 ? "" : "s") here and was \(before)")
        }
        return changes
    }

    /// Where the segments end; nil where there are none, or they are not those of `probe`.
    private static func ends(_ segments: [Int]?, of probe: [UInt8]) -> Set<Int>? {
        guard let segments, segments.allSatisfy({ (1...probe.count).contains($0) }), segments.count <= probe.count
        else {
            return nil
        }
        var ends: Set<Int> = []
        var end = 0
        for segment in segments {
            end += segment
            ends.insert(end)
        }
        return end == probe.count ? ends : nil
    }

    /// The text, with code points in place of what has no look of its own.
    private static func shown(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isVisible =
            scalars.allSatisfy { $0.properties.generalCategory != .control }
            && scalars.contains { scalar in
                switch scalar.properties.generalCategory {
                case .format, .nonspacingMark, .enclosingMark, .spaceSeparator: false
                default: true
                }
            }
        guard !isVisible else { return text }
        return scalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }.joined(separator: " ")
    }
}
