internal import CRunicText

/// Decodes a text in the encoding that its bytes show, see ``EncodingVerdict``.
///
/// What is ASCII is passed on; the encoding is decided at the first byte that is not, over ``windowLength`` bytes from there.
/// Memory holds these. Later bytes may contradict the decision, when the text before them has been passed on: that is an error with
/// both encodings, or a warning if invalid bytes are to be replaced.
struct GuessingDecodeStage: TextStage {
    /// Bytes that are read before ASCII is passed on: UTF-16 and the like are only known by many bytes.
    static let prefixLength = 65_536
    /// Most bytes that are examined.
    static let windowLength = 1 << 20

    private enum Phase: Hashable {
        /// Fewer than ``prefixLength`` bytes came.
        case beginning
        /// ASCII alone so far.
        case plain
        /// The first bytes that are more were held back.
        case window
        case decided
    }

    private let errors: DecodeStage.Errors
    private let mark: DecodeStage.ByteOrderMark
    private let path: String
    /// The only encoding that the text may have if it is not UTF-8; nil for any.
    private let expected: String?
    private var phase = Phase.beginning
    private var held: [UInt8] = []
    /// Bytes that were passed on as ASCII.
    private var passed = 0
    private var decoder: (any TextStage)?
    /// Bytes that the decoder has taken.
    private var decoded = 0
    /// Looks for UTF-8 in a text that was guessed to be something else.
    private var tally: UTF8Tally?
    /// The encoding that was decided on.
    private var encoding: String?
    private var repairedBefore = 0
    private var firstRepair: Int?
    private(set) var remarks: [String] = []
    private(set) var warnings: [String] = []

    /// - Parameter expected: the only encoding that the text may have if it is not UTF-8; nil for any.
    init(
        errors: DecodeStage.Errors, mark: DecodeStage.ByteOrderMark, path: String, expected: String? = nil
    ) {
        self.errors = errors
        self.mark = mark
        self.path = path
        self.expected = expected
    }

    var isLossless: Bool? { encoding.map { DecodeStage.isLossless(["encoding": $0]) } }
    mutating func takeFirstRepair() -> Int? {
        if let place = decoder?.takeFirstRepair() { firstRepair = firstRepair ?? passed + place }
        defer { firstRepair = nil }
        return firstRepair
    }

    var repairedBytes: Int { repairedBefore + (decoder?.repairedBytes ?? 0) }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if phase == .decided { return try decode(input, into: &output) }
        held.append(input)
        try settle(isWhole: false, into: &output)
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        try settle(isWhole: true, into: &output)
        do throws(TextError) {
            try decoder?.finish(into: &output)
            tally?.add(Span(), isFinal: true)
            try refuseUTF8()
        } catch {
            throw error.moved(by: passed)
        }
        tally = nil
        decoded = 0
        repairedBefore = repairedBytes
        if let place = decoder?.takeFirstRepair() { firstRepair = firstRepair ?? passed + place }
        decoder = nil
        phase = .beginning
        passed = 0
    }

    private mutating func decode(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        do throws(TextError) {
            do throws(TextError) {
                try decoder?.process(input, into: &output)
            } catch {
                throw contradiction(error, in: input)
            }
            tally?.add(input, isFinal: false)
            try refuseUTF8()
        } catch {
            throw error.moved(by: passed)
        }
        decoded += input.count
    }

    /// The error for a text that turns out not to be the UTF-8 that it began as.
    private func contradiction(_ error: TextError, in input: Span<UInt8>) -> TextError {
        guard encoding == DecodeStage.standard, case .invalidByte(let path, let offset, let bytes, _, _) = error else {
            return error
        }
        let rest = input.extracting(min(max(offset - decoded, 0), input.count)..<input.count).copied
        switch EncodingVerdict(rest, isWhole: false, isStart: false) {
        case .damagedUTF8(let bad, let other):
            return .badBytes(
                path: path, count: bad.count, offset: offset, bytes: bytes, sequences: bad.sequences, other: other)
        case .guessed(let guess):
            return .mixedEncodings(path: path, offset: offset, beginning: "UTF-8", rest: guess.name)
        case .marked, .utf8, .unknown: return error
        }
    }

    /// Refuses a text that was guessed to be in another encoding and turns out to be UTF-8 in part.
    private mutating func refuseUTF8() throws(TextError) {
        guard let place = tally?.place, let encoding else { return }
        tally = nil
        let error = TextError.mixedEncodings(path: path, offset: place, beginning: encoding, rest: "UTF-8")
        guard errors != .stop else { throw error }
        let remark = error.moved(by: passed).reason(for: path)
        remarks.append(remark)
        warnings.append(remark)
    }

    /// Passes on or decodes what can be.
    private mutating func settle(isWhole: Bool, into output: inout StageOutput) throws(TextError) {
        if phase == .beginning {
            guard isWhole || held.count >= Self.prefixLength else { return }
            let isPlain = held.prefix(Self.prefixLength).allSatisfy(Self.isPlain)
            phase = isPlain ? .plain : .window
        }
        if phase == .plain {
            let count = held.firstIndex { !Self.isPlain($0) } ?? held.count
            output.pass(held.span.extracting(0..<count))
            passed += count
            held.removeSubrange(..<count)
            guard !held.isEmpty else { return }
            phase = .window
        }
        guard phase == .window, isWhole || held.count >= Self.windowLength else { return }
        let text = held
        held = []
        phase = .decided
        let isAll = isWhole && text.count <= Self.windowLength
        do throws(TextError) {
            decoder = try makeDecoder(
                EncodingVerdict(Array(text.prefix(Self.windowLength)), isWhole: isAll, isStart: passed == 0),
                isAll: isAll)
        } catch {
            throw error.moved(by: passed)
        }
        try decode(text.span, into: &output)
    }

    /// Whether a byte means the same in every encoding that contains ASCII, and does not begin to shift to another one.
    private static func isPlain(_ byte: UInt8) -> Bool { byte < 0x80 && byte != 0 && byte != 0x1B }

    private mutating func makeDecoder(
        _ verdict: EncodingVerdict, isAll: Bool
    ) throws(TextError) -> any TextStage {
        if let expected { return try makeDecoder(verdict, expected: expected) }
        switch verdict {
        case .utf8: return try makeDecoder(DecodeStage.standard)
        case .marked(let name):
            if name != "UTF-8" { remarks.append("encoding \(name), by its byte order mark") }
            return try makeDecoder(name == "UTF-8" ? DecodeStage.standard : name)
        case .damagedUTF8(let bad, let other):
            if errors == .stop {
                throw .badBytes(
                    path: path, count: bad.count, offset: bad.offset, bytes: bad.shown, sequences: bad.sequences,
                    other: other)
            }
            // The number of replaced bytes is told in any case.
            remarks.append(
                "encoding UTF-8: \(bad.sequences) sequences\(isAll ? "" : " of its beginning") are, \(bad.count) not, the first "
                    + "at byte \(passed + bad.offset)")
            return try makeDecoder(DecodeStage.standard)
        case .guessed(let guess):
            tally = UTF8Tally(isWide: guess.name.hasPrefix("UTF-"))
            remarks.append(guess.remark)
            if guess.confidence < EncodingGuess.doubtful { warnings.append(guess.remark) }
            return try makeDecoder(guess.name)
        case .unknown(let guesses):
            throw .unknownEncoding(path: path, guesses: guesses.map { "\($0.name) (\($0.confidence) of 100)" })
        }
    }

    private mutating func makeDecoder(
        _ verdict: EncodingVerdict, expected: String
    ) throws(TextError) -> any TextStage {
        if verdict.isUTF8 {
            remarks.append("read as UTF-8, which it is; the model's texts were \(expected)")
            return try makeDecoder(DecodeStage.standard)
        }
        tally = UTF8Tally(isWide: expected.lowercased().hasPrefix("utf-"))
        remarks.append("read as \(expected), like the model's texts")
        return try makeDecoder(expected)
    }

    private mutating func makeDecoder(_ encoding: String) throws(TextError) -> any TextStage {
        self.encoding = encoding
        if encoding == DecodeStage.standard {
            return DecodeStage(
                errors: errors, mark: mark, path: path, isContinuation: passed > 0, advice: .other)
        }
        return try ConvertingDecodeStage(
            encoding: encoding, errors: errors, mark: mark, path: path, advice: .other)
    }
}
