internal import CRunicText

/// Normalises a text that comes in chunks.
@safe package final class Normalizer {
    private let handle: OpaquePointer
    private let path: String

    /// Creates a normaliser for `form`; nil for `.none`.
    package init?(form: NormalizationForm, path: String) throws(TextError) {
        let code: Int
        switch form {
        case .nfc: code = RUNIC_NFC
        case .nfd: code = RUNIC_NFD
        case .nfkc: code = RUNIC_NFKC
        case .nfkd: code = RUNIC_NFKD
        case .nfkcCasefold: code = RUNIC_NFKC_CASEFOLD
        case .none: return nil
        }
        var status: Int32 = 0
        guard let handle = unsafe runic_normalizer_create(Int32(code), &status) else {
            throw .stageFailed(name: "normalize", path: path, reason: Self.reason(status))
        }
        unsafe self.handle = handle
        self.path = path
    }

    deinit {
        unsafe runic_normalizer_destroy(handle)
    }

    /// Takes the next bytes and writes settled ones; `isFinal` ends the text, and another one can follow.
    package func feed(_ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) throws(TextError) {
        var start = 0
        repeat {
            let rest = input.extracting(start..<input.count)
            var consumed = 0
            let status = unsafe rest.withUnsafeBufferPointer { bytes in
                var result = unsafe runic_normalizer_output()
                let status = unsafe runic_normalizer_feed(
                    handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0, &consumed, &result)
                if status == 0 { unsafe give(result, to: &output) }
                return status
            }
            guard status == 0 else { throw .stageFailed(name: "normalize", path: path, reason: Self.reason(status)) }
            start += consumed
        } while start < input.count
    }

    private func give(_ result: runic_normalizer_output, to output: inout StageOutput) {
        let text = unsafe Span(_unsafeElements: UnsafeBufferPointer(start: result.bytes, count: result.count))
        let changes = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(start: result.changes, count: result.change_count))
        var (start, replaced) = (0, 0)
        for index in 0..<changes.count {
            let change = changes[index]
            output.pass(text.extracting(start..<start + change.unchanged))
            unsafe output.replace(
                change.input,
                with: Span(
                    _unsafeElements: UnsafeBufferPointer(start: result.replacements + replaced, count: change.output)))
            start += change.unchanged + change.input
            replaced += change.output
        }
        output.pass(text.extracting(start..<text.count))
    }

    /// The number of spans of the text so far that were not in the form.
    package var changes: Int {
        unsafe Int(runic_normalizer_changes(handle))
    }

    /// The effect on a code point, in any context.
    package func effect(on codePoint: UInt32) -> CodePointEffect {
        guard codePoint < 0x110000 else { return .contextual }
        let found = unsafe runic_normalizer_leaves(handle, codePoint)
        if found < 0 { return .contextual }
        return found == 0 ? .unchanged : .unchangedMark(combiningClass: UInt8(truncatingIfNeeded: found))
    }

    private static func reason(_ status: Int32) -> String {
        switch status {
        case RUNIC_OUT_OF_MEMORY: "memory is short"
        case RUNIC_TOO_LONG: "more than 256 MiB of combining marks in a row"
        default: "ICU error \(status)"
        }
    }
}
