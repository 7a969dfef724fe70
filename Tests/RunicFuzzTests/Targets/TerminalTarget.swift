@testable import RunicDisplay

/// What becomes of any text before it reaches a terminal.
enum TerminalTarget {
    /// The first byte is a width in columns; the others are what a model or a file has.
    @Sendable static func check(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let text = String(decoding: bytes, as: UTF8.self)
        try checkAssembler(bytes, text)
        try checkFilter(text)
        try checkEscapes(text)
        try checkLayout(text, columns: Int(first))
        try checkStops(bytes)
    }

    /// Bytes one by one make the text that they make together.
    private static func checkAssembler(_ bytes: [UInt8], _ text: String) throws {
        var assembler = UTF8Assembler()
        var made = bytes.map { assembler.add([$0]) }.joined()
        made += assembler.finish()
        try claim(made.utf8.elementsEqual(text.utf8), "byte by byte: \(made.debugDescription)")
    }

    private static func checkFilter(_ text: String) throws {
        let whole = TerminalFilter.filtered(text)
        var filter = TerminalFilter()
        var parts = text.unicodeScalars.map { filter.filter(String($0)) }.joined()
        parts += filter.finish()
        try claim(parts.unicodeScalars.elementsEqual(whole.unicodeScalars), "in parts: \(parts.debugDescription)")
        for scalar in whole.unicodeScalars where scalar != "\n" && scalar != "\t" {
            let isHarmless = scalar.properties.generalCategory != .control
            try claim(isHarmless, "a terminal is sent \(scalar.debugDescription)")
        }
        let printable = text.printable
        for scalar in printable.unicodeScalars {
            let isHarmless = ![.control, .lineSeparator, .paragraphSeparator].contains(
                scalar.properties.generalCategory)
            try claim(isHarmless, "a line has \(scalar.debugDescription)")
        }
        try claim(printable.printable == printable, "what is printable changes when printed again")
        _ = (text.shownSymbol, text.codePointNotation)
    }

    private static func checkEscapes(_ text: String) throws {
        let escaped = TextEscapes.escape(text)
        try claim(!escaped.unicodeScalars.contains("\n"), "an escaped text has two lines")
        let again = try TextEscapes.resolve(escaped)
        try claim(
            again.utf8.elementsEqual(text.utf8), "\(escaped.debugDescription) resolves to \(again.debugDescription)")
        _ = try? TextEscapes.resolve(text)
        _ = TextEscapes.escapeLines(text)
    }

    private static func checkLayout(_ text: String, columns: Int) throws {
        let line = text.printable
        let short = line.shortened(columns: columns)
        try claim(short.columns <= max(columns, 0), "\(short.debugDescription) has more than \(columns) columns")
        try claim(line.padded(columns: columns).columns >= columns, "padding to \(columns) columns is too short")
        try claim(
            text.shortened(to: columns).unicodeScalars.count <= max(1, columns), "more than \(columns) code points")
        let fitted = TextLayout.fitted(line, columns: columns)
        func words(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.filter { $0 != " " && $0 != "\n" } }
        try claim(words(fitted) == words(line), "laid out as \(fitted.debugDescription)")
        var table = TextTable(alignments: [.left, .right, .prose, .preview], labels: 1)
        for row in text.split(separator: "\n", maxSplits: 6) {
            table.add(row.split(separator: "\t", maxSplits: 3).map { String($0).printable })
        }
        _ = table.text(columns: columns)
    }

    /// What is shown before a stop text, and what is held back, are the text up to it.
    private static func checkStops(_ bytes: [UInt8]) throws {
        guard let last = bytes.last else { return }
        let stops = [Array(bytes.suffix(2)), [last, last, last]]
        var stop = StopText(stops)
        var shown: [UInt8] = []
        for byte in bytes where !stop.isFound { shown += stop.add([byte]) }
        shown += stop.finish()
        try claim(bytes.starts(with: shown), "shown: \(shown.quoted)")
        guard !stop.isFound else { return }
        try claim(shown == bytes, "without a stop text \(shown.quoted) is shown")
    }
}
