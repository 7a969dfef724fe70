internal import CRunicICU

/// Checks that the text is UTF-8 and drops a byte order mark at its start.
///
/// Options: `errors=stop` (an invalid byte is an error) or `replace` (each maximal ill-formed subpart, Unicode
/// section 3.9, becomes U+FFFD); `bom=drop` or `keep`.
struct DecodeStage: TextStage {
    enum Errors: String, CaseIterable { case stop, replace }
    enum ByteOrderMark: String, CaseIterable { case drop, keep }

    private let path: String
    private let errors: Errors
    private let mark: ByteOrderMark
    private var carry: [UInt8] = []
    private var offset = 0
    private var atStart = true
    private(set) var repairedBytes = 0

    init(errors: Errors, mark: ByteOrderMark, path: String) {
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
        atStart = true
    }

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
                throw .invalidByte(path: path, offset: offset, bytes: shown)
            }
            output.replace(bad, with: [0xEF, 0xBF, 0xBD])
            repairedBytes += bad
            index += bad
            offset += bad
        }
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "decode", options: options, known: ["errors", "bom"])
        return DecodeStage(
            errors: try options.choice("errors", default: DecodeStage.Errors.stop),
            mark: try options.choice("bom", default: DecodeStage.ByteOrderMark.drop), path: context.path)
    }
}

extension StageDefinition {
    /// `decode`: UTF-8, with `errors=stop|replace` and `bom=drop|keep`.
    public static let decode = StageDefinition(
        name: "decode", isLossless: { _ in true }, isSplittable: { _ in true }, make: DecodeStage.make,
        summary: "reads UTF-8; errors=stop or replace (invalid bytes become U+FFFD); bom=drop or keep (byte order mark)"
    )
}
