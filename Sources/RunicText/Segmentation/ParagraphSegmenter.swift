internal import CRunicText

/// Cuts a text that comes in chunks into words, or into grapheme clusters by the rules of a language, as ICU does.
///
/// A line feed ends a paragraph, and no symbol crosses it. Memory holds a chunk and a paragraph of at most ``paragraphLimit`` bytes.
@safe package final class ParagraphSegmenter {
    /// The longest paragraph, in bytes.
    package static let paragraphLimit = 16 << 20
    private static let window = 8192

    private let handle: OpaquePointer
    private var ends = [UInt32](repeating: 0, count: ParagraphSegmenter.window)
    /// ICU does not tell whether a symbol is one code point.
    private var values = [UInt32](repeating: Segmenter.several, count: ParagraphSegmenter.window)
    private var held = LineBuffer()

    /// What a segmenter cuts a text into.
    package enum Kind: Sendable {
        case graphemes
        case words
        /// The words of version 0.1.0, which are others in Thai, Lao, Khmer and Burmese.
        case wordsByBytes
    }

    /// Creates a segmenter; an empty `locale` means the rules of no language.
    package init(_ kind: Kind, locale: String) throws(TextError) {
        var status: Int32 = 0
        let kind =
            switch kind {
            case .graphemes: RUNIC_CLUSTERS
            case .words: RUNIC_WORDS
            case .wordsByBytes: RUNIC_WORDS_BY_BYTES
            }
        guard let handle = unsafe runic_paragraphs_create(Int32(kind), locale, &status) else {
            throw Self.failure(status, path: "")
        }
        unsafe self.handle = handle
    }

    deinit {
        unsafe runic_paragraphs_destroy(handle)
    }

    /// Takes the next bytes and passes the symbols of complete paragraphs on; `isFinal` ends the text, and another one can follow.
    ///
    /// - Throws: `TextError.stageFailed`, with `path`, for a paragraph that is too long.
    package func feed<Consumer: SymbolConsumer>(
        _ input: Span<UInt8>, isFinal: Bool, path: String, into consumer: inout Consumer
    ) throws(TextError) {
        held.append(input)
        if isFinal { held.end() }
        let status = unsafe held.take { unsafe cut($0, into: &consumer) }
        guard status == 0 else { throw Self.failure(status, path: path) }
        guard held.waitingCount <= Self.paragraphLimit else { throw Self.failure(Int32(RUNIC_TOO_LONG), path: path) }
    }

    private func cut<Consumer: SymbolConsumer>(
        _ paragraphs: UnsafeBufferPointer<UInt8>, into consumer: inout Consumer
    ) -> Int32 {
        let status = unsafe runic_paragraphs_set(
            handle, paragraphs.baseAddress, paragraphs.count, Self.paragraphLimit)
        guard status == 0 else { return status }
        var start = 0
        while true {
            let count = unsafe ends.withUnsafeMutableBufferPointer { ends in
                unsafe Int(runic_paragraphs_next(handle, ends.baseAddress, ends.count))
            }
            // ICU stops early only if memory is short.
            guard count > 0 else { return start == paragraphs.count ? 0 : Int32(RUNIC_OUT_OF_MEMORY) }
            let bytes = unsafe Span(_unsafeElements: paragraphs)
            consumer.consume(
                bytes, start: start, base: 0, ends: ends.span.extracting(0..<count),
                values: values.span.extracting(0..<count))
            start = Int(ends[count - 1])
        }
    }

    private static func failure(_ status: Int32, path: String) -> TextError {
        let reason =
            status == RUNIC_TOO_LONG
            ? "a paragraph has more than \(paragraphLimit) bytes; put line feeds into it"
            : reason(forStatus: status)
        return .stageFailed(name: SegmentOptions.stageName, path: path, reason: reason)
    }
}
