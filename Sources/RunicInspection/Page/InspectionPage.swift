internal import Foundation
internal import Runic
internal import RunicPage
internal import RunicText
internal import RunicDisplay

/// The report as a page with charts, one self-contained HTML file.
package struct InspectionPage {
    private let report: InspectionReport
    private let title: String

    package init(_ report: InspectionReport, title: String) { (self.report, self.title) = (report, title) }

    private var text: TextContents { report.text }

    private static let style = String(embedded: PackageResources.inspection_css)

    /// The page.
    package var markup: String {
        let plots = InspectionPlots(report).all
        return PageDocument.assemble(
            title: "\(title): text report", style: PageStyle.plots + "\n" + Self.style,
            body: """
                <header>
                <h1>\(MarkupText.escaped(title).replacing("/", with: "/<wbr>"))</h1>
                \(facts)
                <p class="hint">NFC: each letter with its marks is one code point wherever Unicode has one. Trouble: bytes \
                that are no text, and control characters. Mojibake: text that was once decoded in the wrong encoding.</p>
                </header>
                <main>
                \(advice)
                \(charts(plots))
                \(sections.joined(separator: "\n"))
                </main>
                <footer><p>Written by <code>runic text</code>. The page needs no network.</p></footer>
                """, plots: plots)
    }

    private func charts(_ plots: [LinePlot]) -> String {
        guard !plots.isEmpty else { return "" }
        return """
            <section>
            <h2>Charts</h2>
            <p class="hint">Point at a chart, or select it and use the arrow keys, to read its values.</p>
            <div class="plots">
            \(plots.enumerated().map { $1.markup($0) }.joined(separator: "\n"))
            </div>
            </section>
            """
    }

    private var facts: String {
        let facts = [
            ("files", text.files.count.grouped), ("bytes", text.bytes.grouped),
            ("symbols (\(text.unit.rawValue))", text.symbols.grouped), ("different", text.vocabularySize.grouped),
            ("code points", text.codePoints.grouped), ("NFC", text.isNFC ? "yes" : "no"),
            (
                "line ends",
                text.lineEnds.isMixed ? "mixed" : text.lineEnds.crlf > 0 ? "CR LF" : text.lineEnds.cr > 0 ? "CR" : "LF"
            ),
            ("trouble", text.troubleCount.grouped), ("mojibake", text.mojibake.count.grouped),
        ]
        return "<dl class=\"facts\">"
            + facts.map { "<div><dt>\(MarkupText.escaped($0.0))</dt><dd>\(MarkupText.escaped($0.1))</dd></div>" }
            .joined()
            + "</dl>"
    }

    private var advice: String {
        guard !report.advice.isEmpty else { return "" }
        return "<section><h2>What to do</h2>\n<ul class=\"advice\">"
            + report.advice.map { "<li>\(Self.markingOptions($0))</li>" }.joined(separator: "\n") + "</ul></section>"
    }

    /// The advice with its options as code, which is not broken at its hyphens.
    private static func markingOptions(_ advice: String) -> String {
        MarkupText.escaped(advice).replacing(/--[a-z][a-z-]*/) { "<code>\($0.output)</code>" }
    }

    private var sections: [String] {
        var sections = [section("Scripts", scripts), section("Symbols", symbols), section("Rare symbols", rare)]
        if let analysis = report.analysis {
            sections.append(section("Parts", parts(analysis)))
            sections.append(section("Entropy", entropy(analysis)))
            sections.append(section("Longest repeats", repeats(analysis)))
        }
        if let presets = report.presets { sections.append(section("Presets on this machine", table(presets))) }
        if text.troubleCount > 0 || text.mojibake.count > 0 || !text.isNFC {
            sections.append(section("Trouble", trouble))
        }
        return sections
    }

    private func section(_ title: String, _ body: String) -> String {
        "<section><h2>\(title)</h2>\n\(body)\n</section>"
    }

    private var scripts: String {
        let most = text.scripts.first?.fraction ?? 1
        let rows = text.scripts.map { script in
            let width = NumberFormat.fixed(max(script.fraction / most * 100, 0.4), 1)
            return
                "<tr><td class=\"name\">\(MarkupText.escaped(script.script))</td><td>\(script.codePoints.grouped)</td>"
                + "<td>\(InspectionAdvice.percent(script.fraction))</td><td class=\"name\"><svg class=\"bar\" viewBox=\"0 0 100 6\" "
                + "preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"\(width)\" height=\"6\"/></svg></td></tr>"
        }
        return PageTable.scrolling(
            "<table><tr><th scope=\"col\" class=\"name\">script</th><th scope=\"col\">code points</th>"
                + "<th scope=\"col\">fraction</th><td></td></tr>\n\(rows.joined(separator: "\n"))</table>",
            title: "Scripts")
    }

    private var symbols: String {
        let rows = report.symbolTable.prefix(2000).map { symbol in
            [
                text.unit == .byte ? "" : DisplaySymbol(Array(symbol.text.utf8)).text,
                symbol.codePoints.joined(separator: " "), symbol.names.joined(separator: " + "),
                symbol.count.grouped,
            ]
        }
        return PageTable.markup([["symbol", "code points", "name", "count"]] + rows, title: "Symbols", names: 3)
            + "<p class=\"hint\">\(rows.count.grouped) of \(text.vocabularySize.grouped) symbols by frequency.</p>"
    }

    private var rare: String {
        PageTable.markup(
            [["option", "lost symbols", "occurrences", "fraction of the text", "symbols left"]]
                + text.rare.map { rare in
                    [
                        "--min-count \(rare.minimumCount)", rare.symbols.grouped, rare.occurrences.grouped,
                        InspectionAdvice.percent(Double(rare.occurrences) / Double(max(text.symbols, 1))),
                        (text.vocabularySize - rare.symbols).grouped,
                    ]
                }, title: "Rare symbols", names: 1)
    }

    private func parts(_ analysis: TextAnalysis) -> String {
        let rows = [
            ("training", analysis.split.training, analysis.lines.training, analysis.documents.training),
            ("validation", analysis.split.validation, analysis.lines.validation, analysis.documents.validation),
            ("test", analysis.split.test, analysis.lines.test, analysis.documents.test),
        ].map { name, part, lines, documents in
            [
                name, part.symbols.grouped, part.different.grouped, part.unseen.grouped,
                InspectionAdvice.percent(lines.fraction), InspectionAdvice.percent(documents.fraction),
            ]
        }
        return PageTable.markup(
            [["part", "symbols", "different", "not in training", "repeated lines", "repeated documents"]] + rows,
            title: "Parts", names: 1)
            + "<p class=\"hint\">Repeated: the fraction of symbols in lines, or in paragraphs or documents, of at least "
            + "\(analysis.lines.shortest) symbols that also occur word for word in training; for training, earlier in it.</p>"
    }

    private func entropy(_ analysis: TextAnalysis) -> String {
        let rows = analysis.entropy.orders.map { order in
            let held = analysis.heldOut.flatMap { $0.bits.indices.contains(order.order) ? $0.bits[order.order] : nil }
            return [
                "\(order.order)", NumberFormat.fixed(order.bits, 3), order.contexts.grouped,
                order.contextsSeenOnce.grouped,
                order.isTelling ? "yes" : "no, too little text", held.map { NumberFormat.fixed($0, 3) } ?? "-",
            ]
        }
        return PageTable.markup(
            [["known symbols", "bits in the text", "contexts", "seen once", "reliable", "bits in validation"]]
                + rows,
            title: "Entropy", names: 0)
    }

    private func repeats(_ analysis: TextAnalysis) -> String {
        guard !analysis.repeats.repeats.isEmpty else {
            return "<p>No passage of \(analysis.repeats.shortest) symbols or more is repeated.</p>"
        }
        return zip(analysis.repeats.repeats, analysis.passages).map { one, passage in
            let place =
                one.period.map {
                    "\((one.length + $0).grouped) symbols from \(one.first.grouped), repeating every \($0.grouped)"
                } ?? "\(one.length.grouped) symbols at \(one.first.grouped) and \(one.second.grouped)"
            return
                "<h3>\(place)</h3><p class=\"passage\" dir=\"auto\">\(MarkupText.escaped(DisplayText.line(passage, columns: 160)))</p>"
        }.joined(separator: "\n")
    }

    private func table(_ presets: [PresetEstimate]) -> String {
        PageTable.markup(
            [["preset", "parameters", "symbols per second", "epochs", "time", "memory"]]
                + presets.map { preset in
                    [
                        preset.preset, NumberFormat.count(Double(preset.parameters)),
                        Int(preset.symbolsPerSecond).grouped + (preset.isMeasured ? "" : " (not measured)"),
                        "\(preset.epochs)", NumberFormat.duration(preset.seconds),
                        NumberFormat.fixed(preset.bytes / 1e9, 2) + " GB",
                    ]
                }, title: "Presets", names: 1)
    }

    private var trouble: String {
        var rows = [["file", "what", "byte"]]
        rows += text.trouble.map { [$0.path, $0.what, $0.offset.grouped] }
        rows += text.mojibake.first.map { [$0.path, "\($0.found), probably \($0.meant)", $0.offset.grouped] }
        rows += text.normalization.first.map { place in
            [
                place.path,
                "not NFC: \(place.found.joined(separator: " ")) is \(place.composed.joined(separator: " "))",
                place.offset.grouped,
            ]
        }
        let missing = [
            (text.troubleCount - text.trouble.count, "troubles"),
            (text.mojibake.count - text.mojibake.first.count, "places of mojibake"),
            (text.normalization.notNFC - text.normalization.first.count, "places that are not NFC"),
        ].filter { $0.0 > 0 }.map { "\($0.0.grouped) more \($0.1)" }
        return PageTable.markup(rows, title: "Trouble", names: 2)
            + (missing.isEmpty ? "" : "<p class=\"hint\">And \(missing.joined(separator: ", ")).</p>")
    }
}
