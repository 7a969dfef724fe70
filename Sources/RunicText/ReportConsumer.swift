/// Counts symbols and looks at the original bytes in one pass.
struct ReportConsumer: SymbolConsumer {
    private(set) var recorder = SymbolRecorder()
    private(set) var examiner = TextExaminer()

    var symbolCount: Int { recorder.symbolCount }

    mutating func consume(_ bytes: Span<UInt8>, start: Int, base: Int, ends: Span<UInt32>, values: Span<UInt32>) {
        recorder.consume(bytes, start: start, base: base, ends: ends, values: values)
    }

    mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError) {
        try examiner.examine(original, path: path)
    }

    mutating func finish(path: String) throws(TextError) {
        try examiner.finish(path: path)
    }
}
