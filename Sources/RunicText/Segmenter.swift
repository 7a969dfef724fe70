internal import CRunicICU

/// Cuts a text that comes in chunks into symbols.
///
/// The unfinished symbol is held whole, however long it is.
@safe final class Segmenter {
    /// The value of a symbol that is not one code point.
    static let several = RUNIC_SEVERAL

    private static let window = 1 << 14

    private let handle: OpaquePointer
    private var ends = [UInt32](repeating: 0, count: Segmenter.window)
    private var values = [UInt32](repeating: 0, count: Segmenter.window)
    private var pending: [UInt8] = []
    private var scanned = 0

    /// A segmenter into `unit`s; `conjuncts` asks for Unicode's rule GB9c, and nil for what this ICU's version has.
    init(unit: TextUnit, conjuncts: Bool? = nil) throws(TextError) {
        let code: Int
        switch unit {
        case .grapheme: code = RUNIC_GRAPHEME
        case .codepoint: code = RUNIC_CODE_POINT
        case .byte: code = RUNIC_BYTE
        case .word: throw .stageFailed(name: SegmentOptions.stageName, path: "", reason: "words are cut by paragraphs")
        }
        let rule = conjuncts.map { $0 ? 1 : 0 } ?? runic_segmenter_default_conjuncts()
        guard let handle = unsafe runic_segmenter_create(Int32(code), rule) else {
            throw .stageFailed(name: SegmentOptions.stageName, path: "", reason: "memory is short")
        }
        unsafe self.handle = handle
    }

    deinit {
        unsafe runic_segmenter_destroy(handle)
    }

    /// Takes the next bytes and hands on the symbols that are complete; `isFinal` ends the text and starts anew.
    func feed<Consumer: SymbolConsumer>(_ input: Span<UInt8>, isFinal: Bool, into consumer: inout Consumer) {
        pending.append(input)
        var start = 0
        while scanned < pending.count {
            let end = min(pending.count, scanned + Self.window)
            let found = scan(scanned..<end, isFinal: isFinal && end == pending.count)
            if found.count > 0 {
                consumer.consume(
                    pending.span, start: start, base: scanned, ends: ends.span.extracting(0..<found.count),
                    values: values.span.extracting(0..<found.count))
                start = scanned + Int(ends[found.count - 1])
            }
            scanned += found.consumed
            if found.run > 0 {
                // The symbol of the run's last byte may go on behind it.
                if found.run > 1 { consumer.consume(pending.span, each: start..<start + found.run - 1) }
                scanned += found.run
                start = scanned - 1
            } else if scanned < end && end == pending.count {
                break
            }
        }
        if isFinal {
            if start < pending.count {
                ends[0] = UInt32(clamping: pending.count - start)
                values[0] = unsafe runic_segmenter_open(handle)
                consumer.consume(
                    pending.span, start: start, base: start, ends: ends.span.extracting(0..<1),
                    values: values.span.extracting(0..<1))
            }
            pending.removeAll(keepingCapacity: true)
            scanned = 0
            unsafe runic_segmenter_reset(handle)
        } else if start > 0 {
            pending.removeSubrange(0..<start)
            scanned -= start
        }
    }

    private func scan(_ range: Range<Int>, isFinal: Bool) -> (count: Int, consumed: Int, run: Int) {
        var consumed = 0
        var run = 0
        let count = unsafe pending.withUnsafeBufferPointer { pending in
            let bytes = unsafe UnsafeBufferPointer(rebasing: pending[range])
            return unsafe ends.withUnsafeMutableBufferPointer { ends in
                unsafe values.withUnsafeMutableBufferPointer { values in
                    unsafe runic_segmenter_feed(
                        handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0, ends.baseAddress, values.baseAddress,
                        &consumed, &run)
                }
            }
        }
        return (Int(count), consumed, run)
    }
}
