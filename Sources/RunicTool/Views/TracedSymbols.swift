internal import Runic
internal import RunicInspection

/// The output of `runic text --trace`: where symbols of a file come from.
enum TracedSymbols {
    /// The range of an argument: `7`, or `100-120` with both ends included.
    static func range(_ argument: String) -> Range<Int>? {
        let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count <= 2, let first = ends[0], first >= 0, let last = ends[ends.count - 1], last >= first,
            last < Int.max
        else { return nil }
        return first..<last + 1
    }

    /// One line per symbol: its index, its bytes in the file, its code points and their names.
    static func lines(_ symbols: [TracedSymbol], from first: Int, unit: TextUnit) -> [String] {
        symbols.enumerated().map { index, traced in
            let report = SymbolReport(traced.symbol, unit: unit, count: 1)
            let bytes =
                traced.range.count == 1
                ? "byte \(traced.range.lowerBound)"
                : traced.range.isEmpty
                    ? "before byte \(traced.range.lowerBound)"
                    : "bytes \(traced.range.lowerBound)-\(traced.range.upperBound - 1)"
            return "\(first + index)  \(bytes)  \(report.codePoints.joined(separator: " "))  "
                + report.names.joined(separator: " + ")
        }
    }
}
