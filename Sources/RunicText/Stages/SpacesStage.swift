/// Normalises white space.
///
/// Options, in the order in which they are applied:
/// - `unicode=keep` or `ascii`: U+00A0, U+1680, U+2000 to U+200A, U+202F, U+205F and U+3000 become a space. For the other options,
///   white space is a space or tab, and with `ascii` also these.
/// - `tabs=N`, 1 to 64: a tab becomes spaces up to the next multiple of N code points in the line.
/// - `runs=keep` or `one`: a run of white space becomes one space, even a single tab.
/// - `ends=keep` or `trim`: white space before a line end or the end of the text is dropped; the end of a text
///   in memory, such as a prompt, is not the end of a line.
/// - `lines=N`, 0 or more: at most N consecutive empty lines are kept, also at the start of the text.
/// - `line-ends=any` or `lf`: whether U+0085, U+2028 and U+2029 end a line like LF, CR LF and CR. New pipelines have `any`; without
///   the option they do not, as in version 0.1.0.
///
/// Memory holds a chunk, and with `ends=trim` and `runs=keep` one run of white space of at most 16 MiB.
struct SpacesStage: CarryingStage {
    enum Unicode: String, CaseIterable { case keep, ascii }
    enum Runs: String, CaseIterable { case keep, one }
    enum Ends: String, CaseIterable { case keep, trim }

    struct Rules {
        var unicode = Unicode.keep
        var tabs: Int?
        var runs = Runs.keep
        var ends = Ends.keep
        var lines: Int?
        var lineEnds = LineEndRule.lf
    }

    /// The longest run of white space that is held, in bytes.
    private let longestRun: Int
    private let rules: Rules
    private let context: StageContext
    private let specials: [Bool]
    var carry: [UInt8] = []
    /// White space that nothing has followed yet: its bytes, if they may be needed, and its length.
    private var held: [UInt8] = []
    private var heldCount = 0
    /// Whether that is a single space.
    private var holdsSpace = false
    /// Code points in the line so far, if tabs are expanded.
    private var column = 0
    /// Consecutive line ends; the start of the text counts as one.
    private var lineEnds = 1
    /// Whether the previous byte was a carriage return, and whether it was dropped.
    private var afterReturn: Bool?

    init(rules: Rules, context: StageContext, longestRun: Int = 1 << 24) {
        self.longestRun = longestRun
        self.rules = rules
        self.context = context
        var specials = [Bool](repeating: false, count: 256)
        for byte: UInt8 in [0x09, 0x0A, 0x0D, 0x20] { specials[Int(byte)] = true }
        if rules.lineEnds == .any { for lead in [0xC2, 0xE2] { specials[lead] = true } }
        if rules.unicode == .ascii { for lead in [0xC2, 0xE1, 0xE2, 0xE3] { specials[lead] = true } }
        self.specials = specials
    }

    mutating func settle(
        _ bytes: Span<UInt8>, isFinal: Bool, into output: inout StageOutput
    ) throws(TextError) -> Int {
        var start = 0
        var index = 0
        while index < bytes.count {
            guard specials[Int(bytes[index])] else {
                if heldCount > 0 { release(isAtEnd: false, into: &output) }
                let wordStart = index
                repeat { index += 1 } while index < bytes.count && !specials[Int(bytes[index])]
                advance(bytes.extracting(wordStart..<index))
                continue
            }
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                output.pass(bytes.extracting(start..<index))
                release(isAtEnd: true, into: &output)
                lineEnd(byte, into: &output)
                index += 1
                start = index
                continue
            }
            if byte >= 0x80, rules.lineEnds == .any,
                case .end(let length) = LineEndScan(bytes, at: index, isFinal: isFinal)
            {
                output.pass(bytes.extracting(start..<index))
                release(isAtEnd: true, into: &output)
                endLine(bytes.extracting(index..<index + length), into: &output)
                index += length
                start = index
                continue
            }
            let length = whiteSpace(bytes, index)
            if length == nil && !isFinal {
                output.pass(bytes.extracting(start..<index))
                return index
            }
            guard let length, length > 0 else {
                if heldCount > 0 { release(isAtEnd: false, into: &output) }
                advance(bytes.extracting(index..<index + 1))
                index += 1
                continue
            }
            // A single space between two other characters is kept.
            if byte == 0x20, heldCount == 0, index + 1 < bytes.count, !specials[Int(bytes[index + 1])] {
                advance(bytes.extracting(index..<index + 1))
                index += 1
                continue
            }
            output.pass(bytes.extracting(start..<index))
            try hold(bytes.extracting(index..<index + length), into: &output)
            index += length
            start = index
        }
        output.pass(bytes.extracting(start..<index))
        if isFinal { release(isAtEnd: !context.isInMemory, into: &output) }
        return index
    }

    mutating func restart() {
        column = 0
        lineEnds = 1
        afterReturn = nil
    }

    /// The bytes of the white space at `index`, which holds a special byte; nil if more bytes are needed.
    private func whiteSpace(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
        if bytes[index] < 0x80 { return 1 }
        switch DecodedScalar(bytes, at: index) {
        case .whole(let value, let length):
            switch value {
            case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
                return rules.unicode == .ascii ? length : 0
            default: return 0
            }
        case .cut: return nil
        case .invalid: return 0
        }
    }

    /// Continues the line over bytes that are neither white space nor a line end.
    private mutating func advance(_ bytes: Span<UInt8>) {
        lineEnds = 0
        afterReturn = nil
        if rules.tabs != nil { column += codePointCount(of: bytes) }
    }

    /// Takes one character of white space.
    private mutating func hold(_ bytes: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        holdsSpace = heldCount == 0 && bytes[0] == 0x20
        heldCount += bytes.count
        guard rules.runs == .keep else { return }
        held.append(bytes)
        guard rules.ends == .trim else {
            release(isAtEnd: false, into: &output)
            return
        }
        guard heldCount <= longestRun else {
            throw .stageFailed(
                name: "spaces", path: context.path,
                reason: "more than \(longestRun) bytes of white space in a row; use runs=one, or ends=keep")
        }
    }

    /// Writes the held white space, depending on what follows it.
    private mutating func release(isAtEnd: Bool, into output: inout StageOutput) {
        guard heldCount > 0 else { return }
        defer {
            held.removeAll(keepingCapacity: held.count < 1 << 16)
            heldCount = 0
        }
        if isAtEnd && rules.ends == .trim {
            output.drop(heldCount)
            return
        }
        lineEnds = 0
        afterReturn = nil
        if rules.runs == .one {
            if holdsSpace { output.pass([0x20].span) } else { output.replace(heldCount, with: [0x20]) }
            column += 1
            return
        }
        let run = held
        let bytes = run.span
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x20:
                output.pass(bytes.extracting(index..<index + 1))
                column += 1
                index += 1
            case 0x09:
                if let width = rules.tabs {
                    let spaces = width - column % width
                    output.replace(1, with: [UInt8](repeating: 0x20, count: spaces))
                    column += spaces
                } else {
                    output.pass(bytes.extracting(index..<index + 1))
                    column += 1
                }
                index += 1
            default:
                let length = whiteSpace(bytes, index) ?? 1
                output.replace(length, with: [0x20])
                column += 1
                index += length
            }
        }
    }

    private mutating func lineEnd(_ byte: UInt8, into output: inout StageOutput) {
        column = 0
        if byte == 0x0A, let isLeftOut = afterReturn {
            if isLeftOut { output.drop(1) } else { output.pass([byte].span) }
            afterReturn = nil
            return
        }
        let isLeftOut = endLine([byte].span, into: &output)
        afterReturn = byte == 0x0D ? isLeftOut : nil
    }

    /// Passes a line end on, or drops it where there are too many; returns whether it did.
    @discardableResult
    private mutating func endLine(_ end: Span<UInt8>, into output: inout StageOutput) -> Bool {
        column = 0
        afterReturn = nil
        let isLeftOut = rules.lines.map { lineEnds > $0 } ?? false
        if isLeftOut { output.drop(end.count) } else { output.pass(end) }
        lineEnds = min(lineEnds + 1, Int.max - 1)
        return isLeftOut
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(
            stage: "spaces", options: options, known: ["runs", "ends", "lines", "tabs", "unicode", LineEndRule.option])
        let rules = Rules(
            unicode: try options.choice("unicode", default: Unicode.keep), tabs: try options.number("tabs", in: 1...64),
            runs: try options.choice("runs", default: Runs.keep), ends: try options.choice("ends", default: Ends.keep),
            lines: try options.number("lines", in: 0...1_000_000), lineEnds: try LineEndRule(options))
        return SpacesStage(rules: rules, context: context)
    }
}

extension StageDefinition {
    /// `spaces`: `runs=keep|one`, `ends=keep|trim`, `lines=N`, `tabs=N`, `unicode=keep|ascii`, `line-ends=any|lf`.
    public static let spaces = StageDefinition(
        name: "spaces",
        isSplittable: { options in options.keys.allSatisfy { $0 == "unicode" || $0 == LineEndRule.option } },
        current: { _ in LineEndRule.current }, make: SpacesStage.make,
        summary:
            "white space; runs=keep or one (a run becomes a space); ends=keep or trim (at line ends); lines=N (most "
            + "consecutive empty lines); tabs=N (expanded); unicode=keep or ascii (U+00A0, U+2000… become a space); "
            + LineEndRule.summary)
}
