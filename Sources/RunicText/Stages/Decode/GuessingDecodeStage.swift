internal import CRunicText

/// Decodes a text in the encoding of its byte order mark, in UTF-8 if the beginning is valid UTF-8, or as ICU guesses.
///
/// Memory holds the first ``prefixLength`` bytes until the encoding is decided.
struct GuessingDecodeStage: TextStage {
    /// Most bytes that are examined.
    static let prefixLength = 65_536
    /// ICU's confidence in UTF-16 and GB18030 without any evidence.
    private static let noConfidence: Int32 = 10
    private static let utf8 = "UTF-8"

    private let errors: DecodeStage.Errors
    private let mark: DecodeStage.ByteOrderMark
    private let path: String
    private var held: [UInt8] = []
    private var decoder: (any TextStage)?
    private var repairedBefore = 0
    private(set) var remarks: [String] = []

    init(errors: DecodeStage.Errors, mark: DecodeStage.ByteOrderMark, path: String) {
        self.errors = errors
        self.mark = mark
        self.path = path
    }

    var repairedBytes: Int { repairedBefore + (decoder?.repairedBytes ?? 0) }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if decoder == nil {
            held.append(input)
            if held.count >= Self.prefixLength { try decide(isWhole: false, into: &output) }
        } else {
            try decoder?.process(input, into: &output)
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        if decoder == nil { try decide(isWhole: true, into: &output) }
        try decoder?.finish(into: &output)
        repairedBefore = repairedBytes
        decoder = nil
    }

    private mutating func decide(isWhole: Bool, into output: inout StageOutput) throws(TextError) {
        let text = held
        held = []
        decoder = try makeDecoder(for: Array(text.prefix(Self.prefixLength)), isWhole: isWhole)
        try decoder?.process(text.span, into: &output)
    }

    private mutating func makeDecoder(for prefix: [UInt8], isWhole: Bool) throws(TextError) -> any TextStage {
        if let marked = unsafe runic_encoding_by_mark(prefix, prefix.count) {
            let encoding = unsafe String(cString: marked)
            if encoding != Self.utf8 { remarks.append("encoding \(encoding), by its byte order mark") }
            return try makeDecoder(encoding)
        }
        let found = unsafe runic_utf8_check(prefix, prefix.count)
        if found.bad == 0 || (found.truncated != 0 && !isWhole) {
            return DecodeStage(errors: errors, mark: mark, path: path)
        }
        var guesses = [runic_guess](repeating: runic_guess(), count: 3)
        let count = unsafe runic_encoding_guess(prefix, prefix.count, &guesses, guesses.count)
        guesses.removeLast(guesses.count - count)
        guard let best = guesses.first, best.confidence > Self.noConfidence else {
            throw .unknownEncoding(path: path, guesses: guesses.map { "\(Self.name($0)) (\($0.confidence) of 100)" })
        }
        remarks.append("encoding \(Self.name(best)), guessed, confidence \(best.confidence) of 100")
        return try makeDecoder(Self.name(best))
    }

    private func makeDecoder(_ encoding: String) throws(TextError) -> any TextStage {
        if encoding == Self.utf8 { return DecodeStage(errors: errors, mark: mark, path: path) }
        return try ConvertingDecodeStage(encoding: encoding, errors: errors, mark: mark, path: path)
    }

    private static func name(_ guess: runic_guess) -> String {
        unsafe withUnsafeBytes(of: guess.name) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
