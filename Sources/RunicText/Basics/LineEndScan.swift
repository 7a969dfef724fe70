/// Whether a line ends at a place of a text in UTF-8.
///
/// A line ends with LF, CR LF, CR, next line (U+0085), line separator (U+2028) or paragraph separator (U+2029).
enum LineEndScan: Hashable {
    case none
    /// The line ends with this many bytes.
    case end(length: Int)
    /// More bytes are needed.
    case cut

    init(_ bytes: Span<UInt8>, at index: Int, isFinal: Bool) {
        switch bytes[index] {
        case 0x0A: self = .end(length: 1)
        case 0x0D:
            guard index + 1 < bytes.count else {
                self = isFinal ? .end(length: 1) : .cut
                return
            }
            self = .end(length: bytes[index + 1] == 0x0A ? 2 : 1)
        case 0xC2:
            guard index + 1 < bytes.count else {
                self = isFinal ? .none : .cut
                return
            }
            self = bytes[index + 1] == 0x85 ? .end(length: 2) : .none
        case 0xE2:
            guard index + 1 >= bytes.count || bytes[index + 1] == 0x80 else {
                self = .none
                return
            }
            guard index + 2 < bytes.count else {
                self = isFinal ? .none : .cut
                return
            }
            self = bytes[index + 2] | 1 == 0xA9 ? .end(length: 3) : .none
        default: self = .none
        }
    }

    /// The text with every line end as a line feed. Linear.
    static func unified(_ bytes: Span<UInt8>) -> [UInt8] {
        var made: [UInt8] = []
        made.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if case .end(let length) = LineEndScan(bytes, at: index, isFinal: true) {
                made.append(0x0A)
                index += length
            } else {
                made.append(bytes[index])
                index += 1
            }
        }
        return made
    }
}

/// What ends a line, for a stage that works line by line: the option `line-ends`.
enum LineEndRule: String, CaseIterable {
    /// All that ``LineEndScan`` knows, as in new pipelines.
    case any
    /// A line feed alone, as in pipelines of version 0.1.0, which have no such option.
    case lf

    static let option = "line-ends"
    /// The option of new pipelines.
    static let current = [option: any.rawValue]
    /// What the summary of a stage says of the option.
    static let summary = "line-ends=any or lf"

    init(_ options: StageOptions) throws(TextError) {
        self = try options.choice(Self.option, default: LineEndRule.lf)
    }

    /// Whether a line ends at a place of a text.
    func scan(_ bytes: Span<UInt8>, at index: Int, isFinal: Bool) -> LineEndScan {
        switch self {
        case .any: LineEndScan(bytes, at: index, isFinal: isFinal)
        case .lf: bytes[index] == 0x0A ? .end(length: 1) : .none
        }
    }
}
