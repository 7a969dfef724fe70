extension TextReport {
    /// The report as lines of plain text for a person; ends with a line feed.
    public func rendered() -> String {
        var lines = [
            row("files", "\(files.count)"),
            row("bytes", "\(bytes)"),
            row("code points", "\(codePoints)"),
            row("grapheme clusters", "\(graphemeClusters)"),
            row("symbols", "\(symbols) (\(unit.rawValue))"),
            row("vocabulary", "\(vocabularySize) different symbols"),
            row(
                "line ends",
                "\(lineEnds.lf) LF, \(lineEnds.crlf) CR LF, \(lineEnds.cr) CR"
                    + (lineEnds.isMixed ? " (mixed)" : "")),
            row("byte order marks", "\(byteOrderMarks)"),
            row("already NFC", isNFC ? "yes" : "no"),
            row("lossy", isLossy ? "yes" : "no"),
        ]
        if repairedBytes > 0 { lines.append(row("repaired", "\(repairedBytes) bytes were replaced")) }
        lines.append("scripts")
        lines += scripts.map { "  \(pad($0.script, 28)) \(percent($0.share)) \($0.codePoints)" }
        lines.append("most frequent symbols")
        lines += mostFrequent.map { symbol in
            let names = symbol.names.joined(separator: " + ")
            return "  \(pad(symbol.codePoints.joined(separator: " "), 18)) \(pad("\(symbol.count)", 10)) \(names)"
        }
        lines.append("rare symbols")
        lines += rare.map {
            "  fewer than \(pad("\($0.minimumCount)", 4)) times: \($0.symbols) symbols, \($0.occurrences) occurrences"
        }
        lines.append(row("trouble", troubleCount == 0 ? "none" : "\(troubleCount)"))
        lines += trouble.map { "  \($0.path): byte \($0.offset): \($0.what)" }
        if troubleCount > trouble.count { lines.append("  and \(troubleCount - trouble.count) more") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ name: String, _ value: String) -> String {
        pad(name, 20) + value
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return pad("\(tenths / 10).\(tenths % 10) %", 8)
    }
}
