/// Keeps the first of equal lines, or of equal documents, of one text.
///
/// Options:
/// - `by=line` or `document`.
/// - `separator=TEXT`: the separator of documents; default: an empty line (`\n\n`).
/// - `minimum=N`: lines or documents of fewer than N code points are always kept; default: 1, so that empty lines are kept.
///
/// Lines and documents are equal if their bytes are; line feeds around a document do not count. The first 128 bits of SHA-256 are
/// compared: memory holds 16 bytes for each different one, in a table that is at least half full, and the one being read. One of
/// more than 16 MiB is kept and not compared. Each file is a text of its own; text in memory, such as a prompt, is unchanged.
struct DedupeStage: TextStage {
    enum Unit: String, CaseIterable { case line, document }

    private let unit: Unit
    private let minimum: Int
    private let longest: Int
    private var pattern: BytePattern
    private var seen: Set<UInt128> = []
    /// The open unit, as far as it came in earlier chunks.
    private var held: [UInt8] = []
    /// Whether a separator precedes it, which is kept or dropped with it.
    private var isSeparated = false
    /// Whether it is so long that it is passed on without being compared.
    private var isTooLong = false
    private var units = 0
    private var dropped = 0
    private var droppedBytes = 0
    private var tooLong = 0

    init(unit: Unit, separator: [UInt8], minimum: Int, longest: Int = 1 << 24) {
        self.unit = unit
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

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        var start = 0
        for index in 0..<input.count where pattern.take(input[index]) {
            end(input.extracting(start..<index + 1), tail: pattern.bytes.count, into: &output)
            isSeparated = true
            start = index + 1
        }
        held.append(input.extracting(start..<input.count))
        // Bytes that may begin a separator do not belong to the unit yet.
        let settled = held.count - pattern.matched
        guard isTooLong || settled > longest else { return }
        passSeparator(into: &output)
        output.pass(held.span.extracting(0..<settled))
        held.removeSubrange(..<settled)
        isTooLong = true
    }

    mutating func finish(into output: inout StageOutput) {
        if held.isEmpty && isSeparated && !isTooLong {
            passSeparator(into: &output)
        } else {
            let last = held
            held = []
            end(last.span, tail: 0, into: &output)
        }
        pattern.restart()
        seen.removeAll()
        isSeparated = false
    }

    /// Ends a unit with its last bytes, of which `tail` belong to the separator after it.
    private mutating func end(_ rest: Span<UInt8>, tail: Int, into output: inout StageOutput) {
        if held.isEmpty {
            decide(rest.extracting(0..<rest.count - tail), isLast: tail == 0, into: &output)
        } else {
            var whole = held
            held.removeAll(keepingCapacity: true)
            whole.append(rest)
            decide(whole.span.extracting(0..<whole.count - tail), isLast: tail == 0, into: &output)
        }
    }

    private mutating func decide(_ bytes: Span<UInt8>, isLast: Bool, into output: inout StageOutput) {
        units += 1
        if isTooLong || bytes.count > longest {
            tooLong += 1
            isTooLong = false
        } else if isRepeated(bytes) {
            // A text that ended in a line feed must still do so.
            let kept = isLast && unit == .document && !bytes.isEmpty && bytes[bytes.count - 1] == 0x0A ? 1 : 0
            let count = bytes.count - kept + (isSeparated ? pattern.bytes.count : 0)
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

    private mutating func isRepeated(_ bytes: Span<UInt8>) -> Bool {
        var (start, end) = (0, bytes.count)
        if unit == .document {
            while start < end && bytes[start] == 0x0A { start += 1 }
            while start < end && bytes[end - 1] == 0x0A { end -= 1 }
        }
        let content = bytes.extracting(start..<end)
        guard codePointCount(of: content) >= minimum else { return false }
        return !seen.insert(SHA256.prefix(of: content)).inserted
    }

    private mutating func passSeparator(into output: inout StageOutput) {
        if isSeparated { output.pass(pattern.bytes.span) }
        isSeparated = false
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "dedupe", options: options, known: ["by", "separator", "minimum"])
        let unit = try options.choice("by", default: Unit.line)
        let separator = try options.text("separator", default: "\n\n")
        guard !separator.isEmpty, unit == .document || options.options["separator"] == nil else {
            throw .stageOption(
                stage: "dedupe", option: "separator", value: options.options["separator"] ?? "",
                expected: "a text together with by=document")
        }
        let minimum = try options.number("minimum", in: 0...1_000_000_000) ?? 1
        if context.isInMemory { return PassingStage() }
        return DedupeStage(
            unit: unit, separator: unit == .line ? [0x0A] : separator, minimum: minimum)
    }
}

extension StageDefinition {
    /// `dedupe`: `by=line|document`, `separator=TEXT`, `minimum=N`.
    public static let dedupe = StageDefinition(
        name: "dedupe", textOptions: ["separator"], make: DedupeStage.make,
        summary:
            "keeps the first of equal lines or documents of a file; by=line or document; separator=TEXT between documents "
            + "(default: an empty line); minimum=N code points, shorter ones are kept (default: 1)")
}
