internal import CRunicText

/// Checks that the text is UTF-8 and drops a byte order mark at its start.
///
/// Options: `encoding=utf-8`, `auto` or a name that ICU knows, see ``ConvertingDecodeStage`` and ``GuessingDecodeStage``, or `bytes`:
/// any file is read as it is, by a model of bytes; `errors=stop` (an invalid byte is an error), `replace` (each maximal ill-formed subpart, Unicode section 3.9, becomes
/// U+FFFD) or `skip` (it is dropped); `bom=drop` or `keep`.
struct DecodeStage: TextStage {
    enum Errors: String, CaseIterable { case stop, replace, skip }
    enum ByteOrderMark: String, CaseIterable { case drop, keep }

    private let path: String
    private let errors: Errors
    private let mark: ByteOrderMark
    private var carry: [UInt8] = []
    private var offset = 0
    private let isContinuation: Bool
    private let advice: DecodeAdvice
    private var atStart: Bool
    private(set) var repairedBytes = 0
    private var firstRepair: Int?

    init(
        errors: Errors, mark: ByteOrderMark, path: String, isContinuation: Bool = false,
        advice: DecodeAdvice = .detect
    ) {
        self.isContinuation = isContinuation
        self.advice = advice
        atStart = !isContinuation
        self.errors = errors
        self.mark = mark
        self.path = path
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if carry.isEmpty && !atStart {
            try decode(input, isFinal: false, into: &output)
        } else {
            var bytes = carry
            bytes.append(input)
            carry.removeAll(keepingCapacity: true)
            if atStart && bytes.count < 3 && bytes == Array(Self.byteOrderMark.prefix(bytes.count)) {
                carry = bytes
                return
            }
            try start(bytes, isFinal: false, into: &output)
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        let rest = carry
        carry = []
        try start(rest, isFinal: true, into: &output)
        offset = 0
        atStart = !isContinuation
    }

    mutating func takeFirstRepair() -> Int? {
        defer { firstRepair = nil }
        return firstRepair
    }

    func effect(on codePoint: UInt32) -> CodePointEffect { codePoint == 0xFEFF ? .contextual : .unchanged }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private mutating func start(_ bytes: [UInt8], isFinal: Bool, into output: inout StageOutput) throws(TextError) {
        var skipped = 0
        if atStart && mark == .drop && bytes.starts(with: Self.byteOrderMark) { skipped = 3 }
        atStart = false
        offset += skipped
        if skipped > 0 { output.drop(skipped) }
        try decode(bytes.span.extracting(skipped..<bytes.count), isFinal: isFinal, into: &output)
    }

    private mutating func decode(
        _ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput
    ) throws(TextError) {
        var index = 0
        while index < input.count {
            let rest = input.extracting(index..<input.count)
            let found = unsafe rest.withUnsafeBufferPointer { bytes in
                unsafe runic_utf8_check(bytes.baseAddress, bytes.count)
            }
            let valid = Int(found.valid)
            output.pass(rest.extracting(0..<valid))
            index += valid
            offset += valid
            let bad = Int(found.bad)
            if bad == 0 { break }
            if found.truncated != 0 && !isFinal {
                carry.append(rest.extracting(valid..<rest.count))
                break
            }
            if errors == .stop {
                var shown: [UInt8] = []
                shown.append(rest.extracting(valid..<valid + Int(found.shown)))
                throw .invalidByte(path: path, offset: offset, bytes: shown, advice: advice)
            }
            if errors == .skip { output.drop(bad) } else { output.replace(bad, with: [0xEF, 0xBF, 0xBD]) }
            repairedBytes += bad
            firstRepair = firstRepair ?? offset
            index += bad
            offset += bad
        }
    }

    /// The names of encodings that are not looked up.
    static let (standard, automatic, bytes) = ("utf-8", "auto", "bytes")

    /// Whether files are read as they are, whatever they contain.
    static func takesBytes(_ options: [String: String]) -> Bool { options["encoding"] == bytes }

    /// Whether files are in UTF-8, or read as they are.
    static func keepsBytes(_ options: [String: String]) -> Bool {
        takesBytes(options) || (options["encoding"] ?? standard) == standard
    }

    /// The encoding that the options name; text in memory is always UTF-8.
    private static func encoding(_ options: StageOptions, _ context: StageContext) throws(TextError) -> String {
        let name = options.text("encoding") ?? standard
        if name == bytes { return bytes }
        if name == standard || name == automatic { return context.isInMemory ? standard : name }
        guard unsafe runic_encoding_is_known(name) != 0 else {
            throw options.refusal(
                of: "encoding",
                expected:
                    "utf-8, auto, bytes (with --unit byte), or a name that ICU has, such as windows-1251, shift_jis, "
                    + "gb18030 or utf-16")
        }
        let isStandard = unsafe context.isInMemory || runic_encoding_is_utf8(name) != 0
        return isStandard ? standard : name
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "decode", options: options, known: ["encoding", "errors", "bom"])
        let errors = try options.choice("errors", default: Errors.stop)
        let mark = try options.choice("bom", default: ByteOrderMark.drop)
        switch try encoding(options, context) {
        case bytes: return PassingStage()
        case standard:
            return DecodeStage(
                errors: errors, mark: mark, path: context.path, isContinuation: context.isContinuation)
        case automatic: return GuessingDecodeStage(errors: errors, mark: mark, path: context.path)
        case let name where context.acceptsPlainText:
            return GuessingDecodeStage(errors: errors, mark: mark, path: context.path, expected: name)
        case let name:
            return try ConvertingDecodeStage(encoding: name, errors: errors, mark: mark, path: context.path)
        }
    }

    @Sendable static func isLossless(_ options: [String: String]) -> Bool {
        let name = options["encoding"] ?? standard
        return unsafe keepsBytes(options) || (name != automatic && runic_encoding_is_one_to_one(name) != 0)
    }
}

extension StageDefinition {
    /// `decode`: any encoding to UTF-8, with `encoding=utf-8|auto|NAME|bytes`, `errors=stop|replace|skip` and `bom=drop|keep`.
    public static let decode = StageDefinition(
        name: "decode", isLossless: DecodeStage.isLossless,
        isSplittable: DecodeStage.keepsBytes, isIdentity: DecodeStage.takesBytes,
        isContainer: { !DecodeStage.keepsBytes($0) }, make: DecodeStage.make,
        summary:
            "reads any encoding; encoding=utf-8, auto, a name, or bytes (files as they are, with unit=byte); errors=stop, "
            + "replace (U+FFFD) or skip; bom=drop or keep"
    )
}
