internal import RunicDisplay

extension UnicodeInformation {
    /// How the probe's symbols here differ from those of `other`, such as `«क्ष» is 1 symbol here and was 2`.
    ///
    /// - Parameters:
    ///   - other: the information of another machine; without its segments for the same probe there are no examples.
    ///   - limit: most examples.
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

    /// The ends of the segments; nil if there are none, or they do not fit `probe`.
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

    /// The text, or its code points if it would not be seen.
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
        return isVisible ? text : text.codePointNotation
    }
}
