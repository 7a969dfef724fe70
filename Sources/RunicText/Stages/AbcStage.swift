/// Takes the tunes of ABC files (the abc standard 2.1), one document each, separated by an empty line.
///
/// A tune begins with a line that begins with `X:` and continues to an empty line, to the next `X:` or to the end of the text. Other
/// lines after an empty line, such as a file header or text between tunes, are outside and a document of their own. Every line end
/// becomes a line feed, and white space before it is dropped.
///
/// Options:
/// - `comments=keep` or `drop`: from a `%` without a backslash before it to the end of the line, directives `%%` too.
/// - `outside=keep` or `drop`: text outside of tunes.
/// - `fields=LETTERS`: the information fields to keep, such as `TMLK`; default: all. A continuation `+:` is treated like the field
///   before it. `X:` is not among them.
/// - `number=keep` or `drop`: the line `X:`.
/// - `line-ends=any` or `lf`: whether a CR without LF, U+0085, U+2028 and U+2029 end a line, too. New pipelines have `any`; without
///   the option it is `lf`, as in version 0.1.0.
/// - `documents=reset` or `join`: whether a model that is trained on the tunes resets its state at each of them, where no other
///   separator of documents is given.
///
/// Text in memory, such as a prompt, is unchanged: a tune may begin there and continue elsewhere.
/// Memory holds a chunk and one line of at most 1 MiB.
struct AbcStage: TextStage {
    enum Choice: String, CaseIterable { case keep, drop }
    enum Documents: String, CaseIterable { case reset, join }

    private static let longestLine = 1 << 20

    struct Rules {
        var comments = Choice.keep
        var outside = Choice.keep
        var number = Choice.keep
        /// The letters of the fields to keep; nil for all.
        var fields: [UInt8]?
    }

    private let rules: Rules
    private let path: String
    private var writer = OutputWriter()
    private var lines: LineCutter
    private var isInBlock = false
    private var isInTune = false
    /// Whether a line of this block, and of any block, was written.
    private var hasGivenOfBlock = false
    private var hasGiven = false
    private var isLastFieldKept = true
    private var tunes = 0

    init(rules: Rules, lineEnds: LineEndRule = .lf, path: String) {
        lines = LineCutter(lineEnds)
        self.rules = rules
        self.path = path
    }

    var remarks: [String] { ["\(tunes) tunes"] }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        try cut(input, isFinal: false, into: &output)
        try check(lines.heldCount)
    }

    private mutating func cut(
        _ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput
    ) throws(TextError) {
        var lines = LineCutter(.lf)
        swap(&lines, &self.lines)
        defer { swap(&lines, &self.lines) }
        try lines.cut(input, isFinal: isFinal) { (line, end) throws(TextError) in
            try take(line, end: end, into: &output)
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        try cut(Span(), isFinal: true, into: &output)
        writer.flush(into: &output)
        isInBlock = false
        isInTune = false
        hasGiven = false
        isLastFieldKept = true
    }

    private func check(_ count: Int) throws(TextError) {
        guard count <= Self.longestLine else {
            throw .stageFailed(name: "abc", path: path, reason: "a line is longer than 1 MiB; this is no ABC file")
        }
    }

    /// Takes a complete line, whose end has `endLength` bytes.
    private mutating func take(
        _ line: Span<UInt8>, end endLength: Int, into output: inout StageOutput
    ) throws(TextError) {
        try check(line.count)
        var end = contentEnd(line, before: line.count - endLength)
        if end == 0 {
            isInBlock = false
            writer.skip(line.count)
            return
        }
        let isNumber = line.match(Array("X:".utf8), at: 0) == .whole
        if isNumber || !isInBlock {
            isInTune = isNumber
            if isNumber { tunes += 1 }
            hasGivenOfBlock = false
            isLastFieldKept = true
        }
        isInBlock = true
        if rules.comments == .drop, let comment = comment(line, end) { end = contentEnd(line, before: comment) }
        guard end > 0, isInTune || rules.outside == .keep, isKept(line.extracting(0..<end), isNumber: isNumber) else {
            writer.skip(line.count)
            return
        }
        if hasGiven && !hasGivenOfBlock { writer.put([0x0A], into: &output) }
        hasGiven = true
        hasGivenOfBlock = true
        if end + 1 == line.count, line[end] == 0x0A {
            writer.keep(line, into: &output)
        } else {
            writer.keep(line.extracting(0..<end), into: &output)
            writer.replace(line.count - end, with: [0x0A], into: &output)
        }
    }

    /// The end of the line without white space and line feed.
    private func contentEnd(_ line: Span<UInt8>, before limit: Int) -> Int {
        var end = limit
        while end > 0, line[end - 1].isMarkupSpace { end -= 1 }
        return end
    }

    private func comment(_ line: Span<UInt8>, _ end: Int) -> Int? {
        (0..<end).first { line[$0] == UInt8(ascii: "%") && ($0 == 0 || line[$0 - 1] != UInt8(ascii: "\\")) }
    }

    private mutating func isKept(_ line: Span<UInt8>, isNumber: Bool) -> Bool {
        if isNumber {
            isLastFieldKept = rules.number == .keep
            return isLastFieldKept
        }
        guard line.count >= 2, line[1] == UInt8(ascii: ":") else { return true }
        if line[0] == UInt8(ascii: "+") { return isLastFieldKept }
        // A note before a repeat, as in "e:|", is not a field.
        let isMusic = line.count > 2 && (line[2] == UInt8(ascii: "|") || line[2] == UInt8(ascii: ":"))
        guard line[0].isLetter, !isMusic else { return true }
        isLastFieldKept = rules.fields?.contains(line[0]) ?? true
        return isLastFieldKept
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(
            stage: "abc", options: options,
            known: ["comments", "outside", "fields", "number", "documents", LineEndRule.option])
        let lineEnds = try LineEndRule(options)
        _ = try options.choice("documents", default: Documents.reset)
        let fields = options.options["fields"]
        if let fields, !fields.utf8.allSatisfy(\.isLetter) {
            throw .stageOption(stage: "abc", option: "fields", value: fields, expected: "letters, such as TMLK")
        }
        let rules = Rules(
            comments: try options.choice("comments", default: Choice.keep),
            outside: try options.choice("outside", default: Choice.keep),
            number: try options.choice("number", default: Choice.keep), fields: fields.map { Array($0.utf8) })
        if context.isInMemory { return PassingStage() }
        let stage = AbcStage(rules: rules, lineEnds: lineEnds, path: context.path)
        guard context.acceptsPlainText else { return stage }
        return AdaptingStage(stage, kind: "tunes of ABC", begins: { begins($0, lineEnds, isFinal: $1) })
    }

    /// Whether a text has a tune; nil if more bytes are needed.
    private static func begins(_ text: [UInt8], _ lineEnds: LineEndRule, isFinal: Bool) -> Bool? {
        let mark = Array("X:".utf8)
        let unified = lineEnds == .any ? LineEndScan.unified(text.span) : text
        let isTune = unified.starts(with: mark) || unified.span.firstIndex(of: [0x0A] + mark, from: 0) != nil
        return isTune ? true : isFinal ? false : nil
    }
}

extension StageDefinition {
    /// `abc`: `comments=keep|drop`, `outside=keep|drop`, `fields=LETTERS`, `number=keep|drop`, `documents=reset|join`,
    /// `line-ends=any|lf`.
    public static let abc = StageDefinition(
        name: "abc", isContainer: { _ in true },
        current: { _ in LineEndRule.current },
        documentSeparator: { $0["documents"] == AbcStage.Documents.join.rawValue ? nil : "\n\n" },
        make: AbcStage.make,
        summary:
            "tunes of ABC files, separated by empty lines; comments=keep or drop; outside=keep or drop (file headers and "
            + "text between tunes); fields=LETTERS to keep, such as TMLK; number=keep or drop (X:); documents=reset (the "
            + "state, at each tune) or join; " + LineEndRule.summary)
}
