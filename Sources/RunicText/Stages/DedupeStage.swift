/// Keeps the first of equal lines, or of equal documents.
///
/// Options:
/// - `by=line` or `document`.
/// - `separator=TEXT`: the separator of documents; default: an empty line (`\n\n`).
/// - `minimum=N`: lines or documents of fewer than N code points are always kept; default: 1, so that empty lines are kept.
/// - `line-ends=any` or `lf`: whether CR LF, CR, U+0085, U+2028 and U+2029 end a line like LF, also in a separator of line feeds
///   alone, and are the same in comparisons. New pipelines have `any`; without the option it is `lf`, as in version 0.1.0.
/// - `form=none`, `nfc`, `nfkc-casefold` or another normal form in which lines and documents are compared.
/// - `scope=file` or `corpus`: whether each file is a text of its own, or what an earlier file had is left out too.
///
/// Lines and documents are equal if their bytes are; line ends around a document do not count. The first 128 bits of SHA-256 are
/// compared: memory holds 16 bytes for each different one, in a table that is at least half full, and the one being read. One of
/// more than 16 MiB is kept and not compared. Text in memory, such as a prompt, is unchanged.
struct DedupeStage: TextStage {
    enum Unit: String, CaseIterable { case line, document }
    enum Scope: String, CaseIterable { case file, corpus }

    private let unit: Unit
    private let minimum: Int
    private let longest: Int
    private var pattern: BytePattern
    /// The line ends that separate two units; nil: the pattern does.
    private let lineEnds: Int?
    private let normalizer: Normalizer?
    private let memory: CorpusMemory?
    private let stageIndex: Int
    /// The separator before the open unit.
    private var separator: [UInt8]
    /// Bytes of the open unit in which line ends were looked for, how many of them are at its end, and where they begin.
    private var scanned = 0
    private var endCount = 0
    private var endStart = 0
    private var seen: Set<UInt128> = []
    /// The open unit, as far as it came in earlier chunks.
    private var held: [UInt8] = []
    /// Whether a separator precedes it, which is kept or dropped with it.
    private var isSeparated = false
    /// Whether a unit of this file was kept.
    private var hasKept = false
    /// Whether it is so long that it is passed on without being compared.
    private var isTooLong = false
    private var units = 0
    private var dropped = 0
    private var droppedBytes = 0
    private var tooLong = 0

    /// - Parameters:
    ///   - lineEnds: the line ends of any kind that separate two units; nil: the separator does.
    ///   - memory: what earlier files had; nil: each is on its own.
    init(
        unit: Unit, separator: [UInt8], minimum: Int, longest: Int = 1 << 24, lineEnds: Int? = nil,
        normalizer: Normalizer? = nil, memory: CorpusMemory? = nil, stageIndex: Int = 0
    ) {
        self.unit = unit
        self.lineEnds = lineEnds
        self.normalizer = normalizer
        self.memory = memory
        self.stageIndex = stageIndex
        self.separator = separator
        self.minimum = minimum
        self.longest = longest
        pattern = BytePattern(separator)
    }

    var remarks: [String] {
        var remarks: [String] = []
        if dropped > 0 {
            remarks.append("\(dropped) of \(units) \(unit.rawValue)s dropped as repeated, \(droppedBytes) bytes")
        }
        if tooLong > 0 { remarks.append("\(tooLong) \(unit.rawValue)s of more than \(longest) bytes not compared") }
        return remarks
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if lineEnds != nil {
            held.append(input)
            return try cut(isFinal: false, into: &output)
        }
        var start = 0
        for index in 0..<input.count where pattern.take(input[index]) {
            try end(input.extracting(start..<index + 1), tail: pattern.bytes.count, into: &output)
            isSeparated = true
            start = index + 1
        }
        held.append(input.extracting(start..<input.count))
        // Bytes that may begin a separator do not belong to the unit yet.
        passLong(settled: held.count - pattern.matched, into: &output)
    }

    /// Passes on the bytes of a unit that is too long to be compared.
    private mutating func passLong(settled: Int, into output: inout StageOutput) {
        guard isTooLong || settled > longest else { return }
        passSeparator(into: &output)
        output.pass(held.span.extracting(0..<settled))
        held.removeSubrange(..<settled)
        isTooLong = true
    }

    /// Takes the units that line ends separate.
    private mutating func cut(isFinal: Bool, into output: inout StageOutput) throws(TextError) {
        var text: [UInt8] = []
        swap(&text, &held)
        var start = 0
        var index = scanned
        scan: while index < text.count {
            switch LineEndScan(text.span, at: index, isFinal: isFinal) {
            case .none:
                endCount = 0
                index += 1
            case .cut: break scan
            case .end(let length):
                if endCount == 0 { endStart = index }
                endCount += 1
                index += length
                guard endCount == lineEnds else { continue }
                try decide(text.span.extracting(start..<endStart), isLast: false, into: &output)
                separator = Array(text[endStart..<index])
                isSeparated = true
                endCount = 0
                start = index
            }
        }
        text.removeSubrange(..<start)
        held = text
        scanned = index - start
        endStart -= start
        guard !isFinal else { return }
        let settled = endCount > 0 ? endStart : scanned
        let before = held.count
        passLong(settled: settled, into: &output)
        scanned -= before - held.count
        endStart -= before - held.count
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        if lineEnds != nil { try cut(isFinal: true, into: &output) }
        if held.isEmpty && isSeparated && !isTooLong {
            passSeparator(into: &output)
        } else {
            let last = held
            held = []
            try end(last.span, tail: 0, into: &output)
        }
        pattern.restart()
        seen.removeAll()
        isSeparated = false
        hasKept = false
        (scanned, endCount, endStart) = (0, 0, 0)
    }

    /// Ends a unit with its last bytes, of which `tail` belong to the separator after it.
    private mutating func end(_ rest: Span<UInt8>, tail: Int, into output: inout StageOutput) throws(TextError) {
        if held.isEmpty {
            try decide(rest.extracting(0..<rest.count - tail), isLast: tail == 0, into: &output)
        } else {
            var whole = held
            held.removeAll(keepingCapacity: true)
            whole.append(rest)
            try decide(whole.span.extracting(0..<whole.count - tail), isLast: tail == 0, into: &output)
        }
    }

    private mutating func decide(_ bytes: Span<UInt8>, isLast: Bool, into output: inout StageOutput) throws(TextError) {
        units += 1
        if isTooLong || bytes.count > longest {
            tooLong += 1
            isTooLong = false
        } else if try isRepeated(bytes) {
            // A text that ended in a line end must still do so.
            let kept = isLast && unit == .document ? lastLineEnd(of: bytes) : 0
            let count = bytes.count - kept + (isSeparated ? separator.count : 0)
            output.drop(count)
            output.pass(bytes.extracting(bytes.count - kept..<bytes.count))
            dropped += 1
            droppedBytes += count
            isSeparated = false
            return
        }
        passSeparator(into: &output)
        output.pass(bytes)
    }

    private mutating func isRepeated(_ bytes: Span<UInt8>) throws(TextError) -> Bool {
        var (start, end) = (0, bytes.count)
        if unit == .document {
            while start < end, case let length = firstLineEnd(of: bytes.extracting(start..<end)), length > 0 {
                start += length
            }
            while start < end, case let length = lastLineEnd(of: bytes.extracting(start..<end)), length > 0 {
                end -= length
            }
        }
        let content = bytes.extracting(start..<end)
        guard codePointCount(of: content) >= minimum else { return false }
        var compared: [UInt8]?
        if lineEnds != nil, unit == .document { compared = LineEndScan.unified(content) }
        if let normalizer {
            var made = StageOutput()
            let text = compared ?? content.copied
            try normalizer.feed(text.span, isFinal: true, into: &made)
            compared = made.bytes
        }
        let hash = compared.map { SHA256.prefix(of: $0.span) } ?? SHA256.prefix(of: content)
        if let memory { return !memory.insert(hash, stage: stageIndex) }
        return !seen.insert(hash).inserted
    }

    /// The length of the line end that a text begins with; 0 if it begins with none.
    private func firstLineEnd(of bytes: Span<UInt8>) -> Int {
        guard lineEnds != nil else { return bytes[0] == 0x0A ? 1 : 0 }
        if case .end(let length) = LineEndScan(bytes, at: 0, isFinal: true) { return length }
        return 0
    }

    /// The length of the line end that a text ends with; 0 if it ends with none.
    private func lastLineEnd(of bytes: Span<UInt8>) -> Int {
        guard !bytes.isEmpty else { return 0 }
        guard lineEnds != nil else { return bytes[bytes.count - 1] == 0x0A ? 1 : 0 }
        for length in [2, 1, 3] where length <= bytes.count {
            let found = LineEndScan(bytes, at: bytes.count - length, isFinal: true)
            if found == .end(length: length) { return length }
        }
        return 0
    }

    /// Passes the separator before a unit on, or drops it where the units before it were all dropped.
    private mutating func passSeparator(into output: inout StageOutput) {
        if isSeparated && hasKept { output.pass(separator.span) } else if isSeparated { output.drop(separator.count) }
        isSeparated = false
        hasKept = true
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(
            stage: "dedupe", options: options,
            known: ["by", "separator", "minimum", LineEndRule.option, "form", "scope"])
        let unit = try options.choice("by", default: Unit.line)
        let separator = try options.text("separator", default: "\n\n")
        guard !separator.isEmpty, unit == .document || options.options["separator"] == nil else {
            throw .stageOption(
                stage: "dedupe", option: "separator", value: options.options["separator"] ?? "",
                expected: "a text together with by=document")
        }
        let minimum = try options.number("minimum", in: 0...1_000_000_000) ?? 1
        let form = try options.choice("form", default: NormalizationForm.none)
        let scope = try options.choice("scope", default: Scope.file)
        let lineEnds = try LineEndRule(options)
        if context.isInMemory { return PassingStage() }
        let between = unit == .line ? [0x0A] : separator
        return DedupeStage(
            unit: unit, separator: between, minimum: minimum,
            lineEnds: lineEnds == .any && between.allSatisfy { $0 == 0x0A } ? between.count : nil,
            normalizer: try Normalizer(form: form, path: context.path),
            memory: scope == .corpus ? context.memory : nil, stageIndex: context.stageIndex)
    }
}

extension StageDefinition {
    /// `dedupe`: `by=line|document`, `separator=TEXT`, `minimum=N`, `line-ends=any|lf`, `form=FORM`, `scope=file|corpus`.
    public static let dedupe = StageDefinition(
        name: "dedupe", textOptions: ["separator"],
        current: { _ in LineEndRule.current }, make: DedupeStage.make,
        summary:
            "keeps the first of equal lines or documents; by=line or document; separator=TEXT between documents "
            + "(default: an empty line); minimum=N code points, shorter ones are kept (default: 1); scope=file or corpus; "
            + "form=nfc, nfkc-casefold or another to compare in; " + LineEndRule.summary)
}
