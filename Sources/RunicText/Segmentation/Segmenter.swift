internal import CRunicText

/// Cuts a text that comes in chunks into symbols.
///
/// The unfinished symbol is held, however long it is.
@safe package final class Segmenter {
    /// The value of a symbol that is not one code point.
    package static let several = RUNIC_SEVERAL

    private static let window = 1 << 14

    private let handle: OpaquePointer
    private var work = Work()

    /// The data of a call: taken out of the segmenter meanwhile, so that access to it need not be checked.
    private struct Work {
        var ends = [UInt32](repeating: 0, count: Segmenter.window)
        var values = [UInt32](repeating: 0, count: Segmenter.window)
        var pending: [UInt8] = []
        var scanned = 0

        /// The placeholder in the segmenter meanwhile.
        static var none: Work { Work(ends: [], values: []) }
    }

    /// Creates a segmenter; `conjuncts` says whether to apply Unicode's rule GB9c, nil: as this version of ICU does.
    package init(unit: TextUnit, conjuncts: Bool? = nil) throws(TextError) {
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

    /// Takes the next bytes and passes complete symbols on; `isFinal` ends the text, and another one can follow.
    package func feed<Consumer: SymbolConsumer>(_ input: Span<UInt8>, isFinal: Bool, into consumer: inout Consumer) {
        var work = Work.none
        swap(&work, &self.work)
        defer { swap(&work, &self.work) }
        work.pending.append(input)
        var start = 0
        while work.scanned < work.pending.count {
            let end = min(work.pending.count, work.scanned + Self.window)
            let found = scan(work.scanned..<end, &work, isFinal: isFinal && end == work.pending.count)
            if found.count > 0 {
                consumer.consume(
                    work.pending.span, start: start, base: work.scanned,
                    ends: work.ends.span.extracting(0..<found.count),
                    values: work.values.span.extracting(0..<found.count))
                start = work.scanned + Int(work.ends[found.count - 1])
            }
            work.scanned += found.consumed
            if found.run > 0 {
                // The symbol of the run's last byte may continue after it.
                if found.run > 1 { consumer.consume(work.pending.span, each: start..<start + found.run - 1) }
                work.scanned += found.run
                start = work.scanned - 1
            } else if work.scanned < end && end == work.pending.count {
                break
            }
        }
        if isFinal {
            if start < work.pending.count {
                work.ends[0] = UInt32(clamping: work.pending.count - start)
                work.values[0] = unsafe runic_segmenter_open(handle)
                consumer.consume(
                    work.pending.span, start: start, base: start, ends: work.ends.span.extracting(0..<1),
                    values: work.values.span.extracting(0..<1))
            }
            work.pending.removeAll(keepingCapacity: true)
            work.scanned = 0
            unsafe runic_segmenter_reset(handle)
        } else if start > 0 {
            work.pending.removeSubrange(0..<start)
            work.scanned -= start
        }
    }

    /// The kind of a code point for grapheme clusters, as `runic_fast_path` defines kinds.
    ///
    /// - Precondition: `unit` is `.grapheme`.
    package func kind(of codePoint: UInt32) -> UInt8 {
        precondition(codePoint < 0x110000, "\(codePoint) is no code point")
        return unsafe runic_segmenter_kind(handle, codePoint)
    }

    private func scan(
        _ range: Range<Int>, _ work: inout Work, isFinal: Bool
    ) -> (count: Int, consumed: Int, run: Int) {
        var consumed = 0
        var run = 0
        let count = unsafe work.pending.withUnsafeBufferPointer { pending in
            let bytes = unsafe UnsafeBufferPointer(rebasing: pending[range])
            return unsafe work.ends.withUnsafeMutableBufferPointer { ends in
                unsafe work.values.withUnsafeMutableBufferPointer { values in
                    unsafe runic_segmenter_feed(
                        handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0, ends.baseAddress, values.baseAddress,
                        &consumed, &run)
                }
            }
        }
        return (Int(count), consumed, run)
    }
}
