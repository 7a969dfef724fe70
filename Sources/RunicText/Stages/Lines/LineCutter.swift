/// Cuts a text that comes in chunks into lines, each with its end.
///
/// Memory holds a chunk and the open line.
struct LineCutter {
    private let rule: LineEndRule
    /// The open line.
    private var held: [UInt8] = []
    /// The bytes of it in which no line ends.
    private var scanned = 0

    init(_ rule: LineEndRule) { self.rule = rule }

    /// The length of the open line, in bytes.
    var heldCount: Int { held.count }

    /// Adds the next bytes of the text and passes the complete lines to `take`, each with the length of its end. At the end of the
    /// text, that is the last one, unless it is empty, without an end. Linear.
    mutating func cut<Failure: Error>(
        _ input: Span<UInt8>, isFinal: Bool, _ take: (_ line: Span<UInt8>, _ end: Int) throws(Failure) -> Void
    ) throws(Failure) {
        var text: [UInt8] = []
        swap(&text, &held)
        text.append(input)
        var (start, index) = (0, scanned)
        scan: while index < text.count {
            switch rule.scan(text.span, at: index, isFinal: isFinal) {
            case .none: index += 1
            case .cut: break scan
            case .end(let length):
                index += length
                try take(text.span.extracting(start..<index), length)
                start = index
            }
        }
        scanned = index - start
        if isFinal {
            if start < text.count { try take(text.span.extracting(start..<text.count), 0) }
            scanned = 0
        } else {
            text.removeSubrange(..<start)
            held = text
        }
    }
}
