internal import CRunicICU

/// Brings a text that comes in chunks into a normalisation form.
@safe final class Normalizer {
    private let handle: OpaquePointer
    private let path: String

    /// A normaliser for `form`, or nil for `.none`.
    init?(form: NormalizationForm, path: String) throws(TextError) {
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

    /// Takes the next bytes and appends what is settled; `isFinal` ends the text and starts anew.
    func feed(_ input: Span<UInt8>, isFinal: Bool, into output: inout [UInt8]) throws(TextError) {
        let status = unsafe input.withUnsafeBufferPointer { bytes in
            var result: UnsafePointer<UInt8>?
            var count = 0
            let status = unsafe runic_normalizer_feed(
                handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0, &result, &count)
            if status == 0 {
                unsafe output.append(contentsOf: UnsafeBufferPointer(start: result, count: count))
            }
            return status
        }
        guard status == 0 else { throw .stageFailed(name: "normalize", path: path, reason: Self.reason(status)) }
    }

    /// How many stretches of the text so far were not in the form.
    var changes: Int {
        unsafe Int(runic_normalizer_changes(handle))
    }

    private static func reason(_ status: Int32) -> String {
        switch status {
        case RUNIC_OUT_OF_MEMORY: "memory is short"
        case RUNIC_TOO_LONG: "more than 256 MiB of combining marks in a row"
        default: "ICU error \(status)"
        }
    }
}
