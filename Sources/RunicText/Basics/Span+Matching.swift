/// Whether a pattern occurs at a place.
enum PatternMatch: Hashable {
    case whole
    /// As far as the bytes reach.
    case cut
    case none
}

extension Span<UInt8> {
    /// Compares `pattern` with the bytes from `index` on.
    func match(_ pattern: [UInt8], at index: Int) -> PatternMatch {
        for offset in pattern.indices {
            guard index + offset < count else { return .cut }
            guard self[index + offset] == pattern[offset] else { return .none }
        }
        return .whole
    }

    /// The first place of `pattern` from `index` on. `pattern` is short.
    func firstIndex(of pattern: [UInt8], from index: Int) -> Int? {
        var place = index
        while place + pattern.count <= count {
            if self[place] == pattern[0], match(pattern, at: place) == .whole { return place }
            place += 1
        }
        return nil
    }

    /// Whether `range` holds `name`, a word of lower-case ASCII letters, in either case.
    func matchesName(_ name: [UInt8], _ range: Range<Int>) -> Bool {
        range.count == name.count && name.indices.allSatisfy { self[range.lowerBound + $0] | 0x20 == name[$0] }
    }
}
