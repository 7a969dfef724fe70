internal import CRunicText

/// Transliterates the text, or applies other transforms of ICU, line by line.
///
/// Options: `id`, the name of a transform, or of several separated by semicolons, such as `Any-Latin; Latin-ASCII`; or
/// `rules`, in ICU's notation, such as `ä > ae; ö > oe;`; `reverse=true` for the inverse transform. Each line, including
/// its end, is a text of its own: LF, CR LF, CR, U+0085, U+2028 or U+2029, or with `line-ends=lf` LF alone. Memory holds a chunk and a line, of at most ``lineLimit`` bytes.
@safe final class TransliterateStage: TextStage {
    /// The longest line, in bytes.
    static let lineLimit = 1 << 20
    private static let name = "transliterate"

    private let handle: OpaquePointer
    private let path: String
    private var held: LineBuffer

    private init(_ options: StageOptions, path: String) throws(TextError) {
        let (id, rules) = (options.text("id"), options.text("rules"))
        guard (id == nil) != (rules == nil) else {
            throw options.refusal(of: "id", expected: "either id, such as Any-Latin, or rules, such as ä > ae;")
        }
        if let expected = id.flatMap(TransformLimits.refusal(ofID:)) {
            throw options.refusal(of: "id", expected: expected)
        }
        if let expected = rules.flatMap(TransformLimits.refusal(ofRules:)) {
            throw options.refusal(of: "rules", expected: expected)
        }
        var status: Int32 = 0
        var problem = runic_transliterator_problem()
        let reverse: Int32 = try options.flag("reverse") ? 1 : 0
        let made =
            if let rules {
                unsafe runic_transliterator_create("", rules, reverse, &status, &problem)
            } else {
                unsafe runic_transliterator_create(id ?? "", nil, reverse, &status, &problem)
            }
        guard let handle = unsafe made else {
            let place = unsafe withUnsafeBytes(of: problem.where) { unsafe Self.text($0) }
            let similar = unsafe withUnsafeBytes(of: problem.similar) { unsafe Self.text($0) }
            throw rules == nil
                ? options.refusal(
                    of: "id", expected: "transforms that ICU has; '\(place)' is not one; similar ones are \(similar)")
                : options.refusal(
                    of: "rules", expected: "rules of ICU (\(reason(forStatus: status)) at '\(place)')")
        }
        unsafe self.handle = handle
        self.path = path
        held = LineBuffer(try LineEndRule(options))
    }

    deinit {
        unsafe runic_transliterator_destroy(handle)
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        held.append(input)
        try transform(into: &output)
        guard held.waitingCount <= Self.lineLimit else { throw failure(Int32(RUNIC_TOO_LONG)) }
    }

    func finish(into output: inout StageOutput) throws(TextError) {
        held.end()
        try transform(into: &output)
    }

    private func transform(into output: inout StageOutput) throws(TextError) {
        let (room, anyEnd): (Int, Int32) = (output.room, held.rule == .any ? 1 : 0)
        let status = unsafe held.give(to: &output) { lines, edited in
            unsafe runic_transliterator_run(
                handle, lines.baseAddress, lines.count, Self.lineLimit, room, anyEnd, &edited)
        }
        guard status == 0 else { throw failure(status) }
    }

    private func failure(_ status: Int32) -> TextError {
        let reason =
            switch status {
            case RUNIC_TOO_LONG: "a line has more than \(Self.lineLimit) bytes; put line ends into it"
            case RUNIC_TOO_MUCH: PipelineLimits.tooMuchOutput
            default: reason(forStatus: status)
            }
        return .stageFailed(name: Self.name, path: path, reason: reason)
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(
            stage: name, options: options, known: ["id", "rules", "reverse", LineEndRule.option])
        return try TransliterateStage(options, path: context.path)
    }
}

extension StageDefinition {
    /// `transliterate`: `id=TRANSFORM` or `rules=RULES`, `reverse=true|false`, `line-ends=any|lf`.
    public static let transliterate = StageDefinition(
        name: "transliterate", current: { _ in LineEndRule.current }, make: TransliterateStage.make,
        summary: "ICU transforms, line by line; id=Any-Latin; Latin-ASCII or the like, or rules=RULES; reverse=true; "
            + LineEndRule.summary)
}
