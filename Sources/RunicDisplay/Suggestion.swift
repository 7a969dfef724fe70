/// What somebody may have meant by a mistyped name.
package enum Suggestion {
    /// The known name that is closest to a typed one; nil if none is close, or if the typed name is known.
    ///
    /// Close is one edit for each three letters, at least one: a letter too many, missing, wrong, or two swapped. Case
    /// does not count. A name that the typed one begins, and no other, is close too.
    ///
    /// - Complexity: O(known names × their length × length of the typed name).
    package static func nearest(to typed: String, among known: [String]) -> String? {
        guard !typed.isEmpty, !known.contains(typed) else { return nil }
        let wanted = Array(typed.lowercased().utf8)
        let limit = max(1, wanted.count / 3)
        let ranked = known.map { (name: $0, distance: distance(wanted, Array($0.lowercased().utf8))) }
        if let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit,
            best.distance < wanted.count
        {
            return best.name
        }
        let longer = known.filter { $0.lowercased().utf8.starts(with: wanted) }
        return wanted.count >= 3 && longer.count == 1 ? longer.first : nil
    }

    /// The end of a message about an unknown name: `; did you mean 'train'?`, or nothing.
    package static func phrase(for typed: String, among known: [String]) -> String {
        nearest(to: typed, among: known).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The number of edits between two names: insertions, deletions, replacements, and swaps of neighbours (optimal
    /// string alignment).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var (before, row) = ([Int](), Array(0...second.count))
        for (i, byte) in first.enumerated() {
            var next = [i + 1]
            for (j, other) in second.enumerated() {
                var edits = min(row[j] + (byte == other ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, byte == second[j - 1], first[i - 1] == other { edits = min(edits, before[j - 1] + 1) }
                next.append(edits)
            }
            (before, row) = (row, next)
        }
        return row[second.count]
    }
}
