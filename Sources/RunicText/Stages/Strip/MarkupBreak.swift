/// The white space that HTML shows in place of a tag.
enum MarkupBreak: Hashable {
    /// A line feed, always.
    case line
    /// A line feed unless the text ends in one.
    case block
    /// A tab unless the text ends in white space: between the cells of a row.
    case cell

    private static let blocks = Set(
        """
        address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
        form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search section
        summary table tbody tfoot thead title tr ul
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })

    /// The break of an element; nil for one within a line.
    init?(element name: [UInt8]) {
        let name = name.map { $0.isLetter ? $0 | 0x20 : $0 }
        switch name {
        case Array("br".utf8): self = .line
        case Array("td".utf8), Array("th".utf8): self = .cell
        default:
            guard Self.blocks.contains(name) else { return nil }
            self = .block
        }
    }

    /// What the break adds to a text that ends in a byte; nothing at its beginning.
    func text(after last: UInt8?) -> [UInt8] {
        guard let last else { return [] }
        return switch self {
        case .line: [0x0A]
        case .block: last == 0x0A ? [] : [0x0A]
        case .cell: last.isMarkupSpace ? [] : [0x09]
        }
    }
}
