internal import Runic
internal import RunicPage
internal import RunicText
internal import RunicDisplay

extension InspectionReport {
    private static let width = 79

    /// The report as lines of plain text of at most 79 columns, except for long names; ends with a line feed.
    package func rendered() -> String {
        var lines = head
        if !advice.isEmpty {
            lines += ["", "What to do"]
            lines += advice.flatMap { DisplayText.wrapped($0, columns: Self.width, first: "  - ", indent: "    ") }
        }
        lines += encodingLines + scriptLines + symbolLines
        if let analysis {
            lines += rendered(analysis.split, analysis) + rendered(analysis.entropy, analysis.heldOut)
            lines += rendered(analysis.repeats, analysis.passages)
        }
        return (lines + presetLines).joined(separator: "\n") + "\n"
    }

    private var head: [String] {
        var lines = [
            row("files", "\(text.files.count.grouped), \(InspectionAdvice.counted(text.bytes, "byte"))"),
            row(
                "symbols", "\(text.symbols.grouped) \(Self.plural(text.unit)), \(text.vocabularySize.grouped) different"
            ),
            row(
                "characters",
                "\(text.graphemeClusters.grouped) grapheme clusters, \(text.codePoints.grouped) code points"),
        ]
        if let lengths = analysis?.lineLengths {
            lines.append(
                row(
                    "lines",
                    "\(lengths.lines.grouped) not empty; median \(lengths.median.grouped) symbols, longest "
                        + "\(lengths.longest.grouped)"))
        }
        lines.append(row("lossy", text.isLossy ? "yes" : "no"))
        return lines
            + remarks.flatMap { DisplayText.wrapped($0, columns: Self.width, first: "", indent: "    ") }
    }

    private static func plural(_ unit: TextUnit) -> String {
        switch unit {
        case .grapheme: "grapheme clusters"
        case .word: "words"
        case .codepoint: "code points"
        case .byte: "bytes"
        }
    }

    private var encodingLines: [String] {
        let after = text.afterStages
        var lines = [
            "", "Encoding, in the files as they are; offsets are bytes of a file",
            row(
                "  line ends",
                Self.words(text.lineEnds)
                    + (after.lineEnds == text.lineEnds ? "" : "; after the stages \(Self.words(after.lineEnds))")),
            row("  byte order marks", "\(text.byteOrderMarks)"),
            row(
                "  NFC",
                text.isNFC ? "yes" : "no, at \(places(text.normalization.notNFC))"),
            row(
                "  NFD",
                text.normalization.notNFD == 0 ? "yes" : "no, at \(places(text.normalization.notNFD))"),
        ]
        if text.repairedBytes > 0 {
            lines.append(row("  repaired", "\(text.repairedBytes.grouped) bytes were replaced"))
        }
        for file in text.files {
            for remark in file.remarks {
                lines += DisplayText.wrapped(
                    "\(file.path): \(remark)", columns: Self.width, first: "  ", indent: "    ")
            }
        }
        lines += listed(text.normalization.first, of: text.normalization.notNFC) { place in
            let change =
                place.found.isEmpty || place.composed.isEmpty
                ? "many marks" : "\(place.found.joined(separator: " ")) → \(place.composed.joined(separator: " "))"
            return "    \(place.path): byte \(place.offset): \(change)"
        }
        lines += listed(text.normalization.twoForms, of: text.normalization.twoForms.count, "letters in two forms") {
            "    \($0.letter) (\($0.name)): \(InspectionAdvice.times($0.composed)) as one code point, \(InspectionAdvice.times($0.decomposed)) \($0.otherWords)"
        }
        lines.append(
            row("  mojibake", Self.left(text.mojibake.count, after.mojibake, places(text.mojibake.count))))
        lines += listed(text.mojibake.first, of: text.mojibake.count) {
            "    \($0.path): byte \($0.offset): \(DisplayText.line($0.found, columns: 12)) for \(DisplayText.line($0.meant, columns: 6))"
        }
        let invisible = text.invisible.reduce(0) { $0 + $1.count }
        lines.append(
            row(
                "  invisible",
                Self.left(
                    invisible, after.invisible.reduce(0) { $0 + $1.count },
                    InspectionAdvice.counted(invisible, "character"))))
        lines += listed(text.invisible, of: text.invisible.count, "kinds", most: 10) {
            "    \($0.codePoint) \($0.name): \(InspectionAdvice.times($0.count))"
        }
        lines.append(
            row("  trouble", Self.left(text.troubleCount, after.troubleCounts.all, text.troubleCount.grouped)))
        lines += text.trouble.map { "    \($0.path): byte \($0.offset): \($0.what)" }
        if text.troubleCount > text.trouble.count {
            lines.append("    and \((text.troubleCount - text.trouble.count).grouped) more")
        }
        return lines
    }

    /// How much there is in the files, and how much after the stages, if that differs.
    private static func left(_ count: Int, _ after: Int, _ words: String) -> String {
        guard count > 0 else { return "none" }
        return count == after ? words : "\(words); after the stages \(after == 0 ? "none" : after.grouped)"
    }

    private static func words(_ ends: LineEnds) -> String {
        let kinds = [(ends.lf, "LF"), (ends.crlf, "CR LF"), (ends.cr, "CR"), (ends.unicode, "of Unicode")].filter {
            $0.0 > 0
        }
        return kinds.isEmpty
            ? "none"
            : kinds.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ") + (ends.isMixed ? " (mixed)" : "")
    }

    /// The first few of a list, a line each, and a line that says how many are not shown.
    private func listed<Element>(
        _ found: [Element], of count: Int, _ things: String = "", most: Int = 5, _ line: (Element) -> String
    ) -> [String] {
        let shown = found.prefix(most).map(line)
        let rest = count - shown.count
        return shown
            + (rest > 0 && !shown.isEmpty
                ? ["    and \(rest.grouped) more" + (things.isEmpty ? "" : " \(things)")] : [])
    }

    private func places(_ count: Int) -> String { InspectionAdvice.counted(count, "place") }

    private var scriptLines: [String] {
        let most = text.scripts.first?.fraction ?? 1
        return ["", "Scripts, after all stages"]
            + text.scripts.map { script in
                let bar = String(repeating: "█", count: max(1, Int((script.fraction / most * 20).rounded())))
                return
                    "  \(DisplayText.padded(script.script, 24)) \(right(InspectionAdvice.percent(script.fraction), 17)) "
                    + "\(right(script.codePoints.grouped, 11))  \(script.fraction < most / 40 ? "▏" : bar)"
            }
    }

    private var symbolLines: [String] {
        var lines = ["", "Symbols, \(symbolTable.count.grouped) of \(text.vocabularySize.grouped) by frequency"]
        lines += symbolTable.map { symbol in
            let shown = text.unit == .byte ? "" : DisplayText.line(symbol.text, columns: 6)
            let beginning =
                "  \(DisplayText.padded(shown, 6)) \(right(symbol.count.grouped, 11))  "
                + "\(DisplayText.padded(DisplayText.line(symbol.codePoints.joined(separator: " "), columns: 32), 8)) "
            let names = symbol.names.joined(separator: " + ")
            let room = Self.width - DisplayText.columns(beginning)
            return beginning + (names.count > room ? names.prefix(room - 1) + "…" : names)
        }
        lines += ["", "Rare symbols          lost symbols   occurrences        fraction   symbols left"]
        lines += text.rare.map { rare in
            let fraction = Double(rare.occurrences) / Double(max(text.symbols, 1))
            return "  \(DisplayText.padded("--min-count \(rare.minimumCount)", 19)) \(right(rare.symbols.grouped, 13)) "
                + "\(right(rare.occurrences.grouped, 13)) \(right(InspectionAdvice.percent(fraction), 16)) "
                + "\(right((text.vocabularySize - rare.symbols).grouped, 12))"
        }
        return lines
    }

    private func rendered(_ split: SplitReport, _ analysis: TextAnalysis) -> [String] {
        let parts = [("training", split.training), ("validation", split.validation), ("test", split.test)]
        let lines = [analysis.lines.training, analysis.lines.validation, analysis.lines.test]
        let documents = [analysis.documents.training, analysis.documents.validation, analysis.documents.test]
        var result = [
            "",
            "Parts          symbols   different    not in    their     repeated    repeated",
            "                                    training fraction        lines   documents",
        ]
        for (index, (name, part)) in parts.enumerated() {
            let fraction = Double(part.unseenOccurrences) / Double(max(part.symbols, 1))
            result.append(
                "  \(DisplayText.padded(name, 10)) \(right(part.symbols.grouped, 9)) \(right(part.different.grouped, 11)) "
                    + "\(right(index == 0 ? "" : part.unseen.grouped, 9)) "
                    + "\(right(index == 0 ? "" : short(fraction), 8)) "
                    + "\(right(short(lines[index].fraction), 12)) \(right(short(documents[index].fraction), 11))")
        }
        result += DisplayText.wrapped(
            "Repeated: the fraction of symbols in lines, or in paragraphs or documents, of at least "
                + "\(analysis.lines.shortest) symbols that also occur word for word in training; for training, earlier in it."
                + (analysis.lines.oneIn > 1 ? " One line in \(analysis.lines.oneIn) was checked." : ""),
            columns: Self.width, first: "  ", indent: "  ")
        if !analysis.unseen.isEmpty {
            let shown = analysis.unseen.prefix(8).map {
                "\(text.unit == .byte ? "" : DisplayText.line($0.text, columns: 8)) \($0.codePoints.joined(separator: " "))"
            }
            result += DisplayText.wrapped(
                "Never in training: " + shown.joined(separator: ", ")
                    + (split.unseen.count > 8 ? " and \((split.unseen.count - 8).grouped) more" : ""),
                columns: Self.width,
                first: "  ", indent: "    ")
        }
        return result
    }

    private func rendered(_ entropy: TextEntropy, _ heldOut: HeldOutFigure?) -> [String] {
        var lines = [
            "", "Entropy in bits per symbol, by how many symbols before it are known",
            "  known   in the text      contexts   seen once   in validation",
        ]
        lines += entropy.orders.map { order in
            let held = heldOut.flatMap { $0.bits.indices.contains(order.order) ? $0.bits[order.order] : nil }
            let once = Double(order.contextsSeenOnce) / Double(max(order.contexts, 1))
            return "  \(right("\(order.order)", 5)) \(right(NumberFormat.fixed(order.bits, 3), 13)) "
                + "\(right(order.contexts.grouped, 13)) \(right(short(once), 11)) "
                + "\(right(held.map { NumberFormat.fixed($0, 3) } ?? "-", 15))"
                + (order.isTelling ? "" : "  too little text")
        }
        var notes: [String] = []
        if let heldOut {
            notes.append(
                "In validation: the loss of an n-gram model of the training part (Witten-Bell). A trained model should "
                    + "reach less than \(NumberFormat.fixed(heldOut.best.bits, 3)) bits, \(NumberFormat.fixed(heldOut.best.bits * 0.6931471805599453, 3)) "
                    + "nats per symbol.")
            if heldOut.trainingSymbols < (analysis?.split.training.symbols ?? 0) {
                notes.append("The n-gram model saw \(heldOut.trainingSymbols.grouped) symbols of training.")
            }
        }
        if entropy.stretches > 1 {
            notes.append(
                "In the text: counted over \(entropy.symbols.grouped) symbols in \(entropy.stretches) ranges.")
        }
        if entropy.orders.contains(where: { !$0.isTelling }) {
            notes.append(
                "Too little text: the figure is low mostly because contexts are rare, and says nothing about the language."
            )
        }
        return lines + notes.flatMap { DisplayText.wrapped($0, columns: Self.width, first: "  ", indent: "  ") }
    }

    private func rendered(_ repeats: LongestRepeats, _ passages: [String]) -> [String] {
        var lines = ["", "Longest repeats, in symbols; all of \(repeats.shortest) or more are found"]
        if repeats.repeats.isEmpty { lines.append("  none") }
        for (one, passage) in zip(repeats.repeats, passages) {
            let place =
                one.period.map { "from \(one.first.grouped), repeating every \($0.grouped)" }
                ?? "at \(one.first.grouped) and \(one.second.grouped)"
            let length = (one.period.map { one.length + $0 } ?? one.length).grouped
            lines.append("  \(right(length, 11))  \(place)")
            lines.append("               \(DisplayText.line(passage, columns: 60))")
        }
        if repeats.stoppedEarly { lines.append("  The text repeats itself so much that the search stopped early.") }
        return lines
    }

    private var presetLines: [String] {
        guard let presets else { return [] }
        var lines = ["", "Presets on this machine   parameters   symbols/s   epochs     time      memory"]
        lines += presets.map { preset in
            "  \(DisplayText.padded("--preset " + preset.preset, 22)) \(right(NumberFormat.count(Double(preset.parameters)), 11)) "
                + "\(right(Int(preset.symbolsPerSecond).grouped + (preset.isMeasured ? "" : "*"), 11)) "
                + "\(right("\(preset.epochs)", 8)) \(right(NumberFormat.duration(preset.seconds), 8)) "
                + "\(right(NumberFormat.fixed(preset.bytes / 1e9, 2) + " GB", 11))"
        }
        if presets.contains(where: { !$0.isMeasured }) {
            lines.append("  * estimated from the next smaller preset, by multiply-adds")
        }
        lines.append("  measured briefly on this machine under its present load; without validation")
        return lines
    }

    private func row(_ name: String, _ value: String) -> String { DisplayText.padded(name, 20) + value }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func short(_ fraction: Double) -> String {
        let value = fraction * 100
        return (value > 0 && value < 0.01 ? "<0.01" : NumberFormat.fixed(value, value < 10 ? 2 : 1)) + " %"
    }
}
