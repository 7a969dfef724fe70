internal import CRunicText

/// Replaces matches of a regular expression, line by line.
///
/// Options: `pattern`, a regular expression of ICU; `with`, the replacement (default: empty): `$1` and `${name}` are
/// groups, and `\$`, `\\`, `\n`, `\t`, `\r`, `\u{41}` and `\u0041` are characters; `flags`, some of `i` (ignore case), `m`
/// (`^` and `$` also at other line ends within the line), `s` (`.` matches line ends) and `x` (white space and comments in
/// the pattern do not count).
///
/// A match never spans two lines: each line, including its end, is a text of its own. An empty match after the line end does not
/// count. A line ends in LF, CR LF, CR, U+0085, U+2028 or U+2029, or with `line-ends=lf` in LF alone. Memory holds a chunk and a line, of at most ``lineLimit`` bytes.
@safe final class ReplaceStage: TextStage {
    /// The longest line, in bytes.
    static let lineLimit = 1 << 20
    private static let name = "replace"

    private let handle: OpaquePointer
    private let path: String
    private var held: LineBuffer

    private init(_ options: StageOptions, path: String) throws(TextError) {
        let pattern = try options.required("pattern", expected: "a regular expression of ICU")
        let flags = try Self.flags(options)
        let replacement = options.text("with") ?? ""
        var (status, offset): (Int32, Int32) = (0, 0)
        guard let handle = unsafe runic_replacer_create(pattern, replacement, flags, &status, &offset) else {
            throw Self.refusal(options, status, offset: Int(offset))
        }
        unsafe self.handle = handle
        self.path = path
        held = LineBuffer(try LineEndRule(options))
    }

    deinit {
        unsafe runic_replacer_destroy(handle)
    }

    private static func flags(_ options: StageOptions) throws(TextError) -> Int32 {
        let known: [Character: Int] = [
            "i": RUNIC_IGNORE_CASE, "m": RUNIC_MULTIPLE_LINES, "s": RUNIC_DOT_ALL, "x": RUNIC_COMMENTS,
        ]
        var flags = 0
        for letter in options.text("flags") ?? "" {
            guard let flag = known[letter] else {
                throw options.refusal(of: "flags", expected: "some of i, m, s and x")
            }
            flags |= flag
        }
        return Int32(flags)
    }

    private static func refusal(_ options: StageOptions, _ status: Int32, offset: Int) -> TextError {
        switch status {
        case RUNIC_UNKNOWN_GROUP:
            options.refusal(
                of: "with", expected: "groups that the pattern has; the one at character \(offset) it has not")
        case RUNIC_TOO_MUCH:
            options.refusal(of: "with", expected: "at most \(RUNIC_MOST_PARTS) groups and texts between them")
        case RUNIC_BAD_REPLACEMENT:
            options.refusal(
                of: "with", expected: "$1 or ${name}, and \\$ and \\\\; character \(offset) is not one of them")
        default:
            options.refusal(
                of: "pattern",
                expected: "a regular expression of ICU (\(reason(forStatus: status))"
                    + (offset >= 0 ? " at character \(offset))" : ")"))
        }
    }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        held.append(input)
        try replace(into: &output)
        guard held.waitingCount <= Self.lineLimit else { throw failure(Int32(RUNIC_TOO_LONG)) }
    }

    func finish(into output: inout StageOutput) throws(TextError) {
        held.end()
        try replace(into: &output)
    }

    private func replace(into output: inout StageOutput) throws(TextError) {
        let (room, anyEnd): (Int, Int32) = (output.room, held.rule == .any ? 1 : 0)
        let status = unsafe held.give(to: &output) { lines, edited in
            unsafe runic_replacer_run(handle, lines.baseAddress, lines.count, Self.lineLimit, room, anyEnd, &edited)
        }
        guard status == 0 else { throw failure(status) }
    }

    private func failure(_ status: Int32) -> TextError {
        let reason =
            switch status {
            case RUNIC_TOO_MUCH: PipelineLimits.tooMuchOutput
            case RUNIC_TOO_LONG: "a line has more than \(Self.lineLimit) bytes; put line ends into it"
            default: "\(reason(forStatus: status)) in a line; use a pattern that tries less"
            }
        return .stageFailed(name: Self.name, path: path, reason: reason)
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(
            stage: name, options: options, known: ["pattern", "with", "flags", LineEndRule.option])
        return try ReplaceStage(options, path: context.path)
    }
}

extension StageDefinition {
    /// `replace`: `pattern=REGEX`, `with=REPLACEMENT`, `flags=imsx`, `line-ends=any|lf`.
    public static let replace = StageDefinition(
        name: "replace", textOptions: ["with"], current: { _ in LineEndRule.current }, make: ReplaceStage.make,
        summary: "regular expressions, line by line; pattern=REGEX; with=TEXT ($1, ${name}); flags=imsx; "
            + LineEndRule.summary)
}
