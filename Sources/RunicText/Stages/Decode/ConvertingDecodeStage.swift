internal import CRunicText

/// Decodes a text in any encoding for which ICU has a converter.
///
/// Every code point is accounted for on its own, and so is every invalid or unmappable sequence.
@safe final class ConvertingDecodeStage: TextStage {
    private let handle: OpaquePointer
    private let encoding: String
    private let path: String
    private let advice: DecodeAdvice

    init(
        encoding: String, errors: DecodeStage.Errors, mark: DecodeStage.ByteOrderMark, path: String,
        advice: DecodeAdvice = .detect
    ) throws(TextError) {
        let code =
            switch errors {
            case .stop: RUNIC_STOP
            case .replace: RUNIC_REPLACE
            case .skip: RUNIC_SKIP
            }
        var status: Int32 = 0
        guard
            let handle = unsafe runic_converter_create(encoding, Int32(code), mark == .drop ? 1 : 0, &status)
        else { throw .stageFailed(name: "decode", path: path, reason: reason(forStatus: status)) }
        unsafe self.handle = handle
        self.encoding = encoding
        self.path = path
        self.advice = advice
    }

    deinit {
        unsafe runic_converter_destroy(handle)
    }

    var repairedBytes: Int { unsafe runic_converter_repaired(handle) }

    func takeFirstRepair() -> Int? {
        let place = unsafe runic_converter_take_first_repair(handle)
        return place < 0 ? nil : Int(place)
    }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        try feed(input, isFinal: false, into: &output)
    }

    func finish(into output: inout StageOutput) throws(TextError) {
        try feed(Span(), isFinal: true, into: &output)
    }

    private func feed(_ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) throws(TextError) {
        var bad = runic_bad_bytes()
        let status = unsafe input.withUnsafeBufferPointer { bytes in
            var edited = unsafe runic_edited()
            let status = unsafe runic_converter_feed(
                handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0, &edited, &bad)
            if status == 0 { unsafe output.give(edited) }
            return status
        }
        if status == RUNIC_INVALID_BYTES {
            let shown = unsafe withUnsafeBytes(of: bad.bytes) { unsafe Array($0.prefix(bad.count)) }
            throw .invalidByte(path: path, offset: bad.offset, bytes: shown, encoding: encoding, advice: advice)
        }
        guard status == 0 else {
            throw .stageFailed(name: "decode", path: path, reason: "\(encoding): \(reason(forStatus: status))")
        }
    }
}
