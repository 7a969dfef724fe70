internal import CRunicText

/// Converts CR LF and CR to line feeds, or leaves them. The text may be any bytes, unless `unicode=true`.
///
/// Options: `to=keep` or `lf`; `unicode=false` or `true`: with `to=lf`, whether next line (U+0085), line separator (U+2028) and
/// paragraph separator (U+2029) become line feeds too.
struct NewlinesStage: TextStage {
    let rule: NewlineRule
    private let mapsUnicode: Bool
    private var afterReturn = false
    /// The incomplete sequence at the end of the previous chunk.
    private var carry: [UInt8] = []

    init(rule: NewlineRule, mapsUnicode: Bool = false) {
        self.rule = rule
        self.mapsUnicode = mapsUnicode
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        guard rule == .lf else {
            output.pass(input)
            return
        }
        guard mapsUnicode else {
            returns(input, into: &output)
            return
        }
        var bytes = carry
        bytes.append(input)
        carry.removeAll(keepingCapacity: true)
        separators(bytes.span, into: &output)
    }

    /// Converts next line, line separator and paragraph separator to line feeds, and passes the bytes between them to `returns`.
    private mutating func separators(_ bytes: Span<UInt8>, into output: inout StageOutput) {
        var start = 0
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0xC2 || bytes[index] == 0xE2 else {
                index += 1
                continue
            }
            switch DecodedScalar(bytes, at: index) {
            case .whole(let value, let length) where value == 0x85 || value == 0x2028 || value == 0x2029:
                returns(bytes.extracting(start..<index), into: &output)
                afterReturn = false
                output.replace(length, with: [0x0A])
                index += length
                start = index
            case .whole(_, let length): index += length
            case .invalid: index += 1
            case .cut:
                returns(bytes.extracting(start..<index), into: &output)
                carry.append(bytes.extracting(index..<bytes.count))
                return
            }
        }
        returns(bytes.extracting(start..<index), into: &output)
    }

    private mutating func returns(_ input: Span<UInt8>, into output: inout StageOutput) {
        var start = 0
        while start < input.count {
            // A line feed after a carriage return, which was already replaced for both.
            if afterReturn && input[start] == 0x0A {
                output.drop(1)
                start += 1
            }
            afterReturn = false
            let end = unsafe input.withUnsafeBufferPointer { bytes in
                unsafe Int(runic_newlines_next_return(bytes.baseAddress, bytes.count, start))
            }
            output.pass(input.extracting(start..<end))
            start = end
            guard end < input.count else { break }
            output.replace(1, with: [0x0A])
            afterReturn = true
            start += 1
        }
    }

    mutating func finish(into output: inout StageOutput) {
        afterReturn = false
        output.pass(carry.span)
        carry = []
    }

    func effect(on codePoint: UInt32) -> CodePointEffect {
        guard rule == .lf else { return .unchanged }
        let isMapped = codePoint == 0x0D || (mapsUnicode && [0x85, 0x2028, 0x2029].contains(codePoint))
        return isMapped ? .contextual : .unchanged
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "newlines", options: options, known: ["to", "unicode"])
        let rule = try options.choice("to", default: NewlineRule.keep)
        let mapsUnicode = try options.flag("unicode", default: false)
        guard !mapsUnicode || rule == .lf else {
            throw .stageOption(
                stage: "newlines", option: "unicode", value: "true", expected: "it together with to=lf")
        }
        return NewlinesStage(rule: rule, mapsUnicode: mapsUnicode)
    }
}

extension StageDefinition {
    /// `newlines`: `to=keep|lf`, `unicode=false|true`.
    public static let newlines = StageDefinition(
        name: "newlines", isLossless: { $0["to"] != NewlineRule.lf.rawValue }, isSplittable: { _ in true },
        isIdentity: { $0["to"] != NewlineRule.lf.rawValue && $0["unicode"] != "true" },
        takesBytes: { $0["unicode"] != "true" }, make: NewlinesStage.make,
        summary:
            "line ends; to=keep or lf (CR LF and CR become LF); unicode=true also converts U+0085, U+2028 and U+2029")
}

/// How line ends are changed.
public enum NewlineRule: String, Codable, CaseIterable, Sendable {
    /// They are kept.
    case keep
    /// CR LF and CR become LF.
    case lf
}
