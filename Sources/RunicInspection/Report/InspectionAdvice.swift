internal import Runic
internal import RunicDisplay
internal import RunicText

/// What to do about a text, in words.
///
/// Every sentence rests on whole counts, not on the lists that the report shows. It names a command that this text can be
/// read or trained with, and is not given where that command has been followed.
struct InspectionAdvice {
    let options: InspectionOptions

    /// A sentence for each thing that matters, the most important first; none where nothing does.
    func lines(_ report: InspectionReport) -> [String] {
        [
            bytes(report.text), pipeline(report.text), symbols(report), parts(report), repeats(report),
        ].flatMap { $0 }
    }

    private func pipeline(_ text: TextContents) -> [String] {
        var lines: [String] = []
        if text.afterStages.lineEnds.isMixed, !isRaw(text) || text.troubleCounts.nul == 0 {
            let remedy = text.afterStages.lineEnds.unicode > 0 ? "--stage newlines:to=lf,unicode=true" : "--newlines lf"
            lines.append("Line ends are mixed: use \(remedy).")
        }
        let isNormalised = options.pipeline.stages.contains {
            $0.name == "normalize" && $0.options["form"] != NormalizationForm.none.rawValue
        }
        if !isNormalised && !text.isNFC && !isRaw(text) {
            let example = text.normalization.twoForms.first.map {
                " \($0.letter) occurs \(Self.times($0.composed)) as one code point and "
                    + "\(Self.times($0.decomposed)) \($0.otherWords): two symbols to a model."
            }
            lines.append(
                "The text is not NFC at \(Self.counted(text.normalization.notNFC, "place")): use --normalize nfc."
                    + (example ?? ""))
        }
        return lines
    }

    private func symbols(_ report: InspectionReport) -> [String] {
        let text = report.text
        guard report.analysis != nil else { return options.vocabulary.maximumSize == nil ? [tooMany(text)] : [] }
        var lines: [String] = []
        let once = text.rare.first { $0.minimumCount == 2 }
        let handlesRare = options.vocabulary.minimumCount > 1 || options.vocabulary.fallback == .bytes
        if let once, once.symbols * 20 >= text.vocabularySize, !handlesRare {
            let fraction = Double(once.occurrences) / Double(max(text.symbols, 1))
            lines.append(
                "\(once.symbols.grouped) of \(text.vocabularySize.grouped) symbols occur once, "
                    + "\(Self.percent(fraction)) of the text: a model cannot learn them. "
                    + rareRemedy(fraction, left: text.vocabularySize - once.symbols, unit: text.unit))
        }
        if (Self.fewestToTrain..<200_000).contains(text.symbols) {
            lines.append(
                "The text is short: a large model learns it by heart. Begin with --preset tiny or small, or find more text."
            )
        }
        return lines
    }

    /// Below this, no preset has a training part that fits its smallest batch.
    private static let fewestToTrain = 12

    private func rareRemedy(_ fraction: Double, left: Int, unit: TextUnit) -> String {
        if fraction < 0.05 && left > 1 {
            return
                "Train with --min-count 2, which makes them one unknown symbol, or with --fallback bytes as well, which "
                + "spells them."
        }
        return unit == .word
            ? "Use --unit grapheme, or train with --min-count 2 --fallback bytes, which spells them."
            : "Train with --fallback bytes --min-count 2, which spells them in bytes."
    }

    /// What to do about more different symbols than a model can have.
    private func tooMany(_ text: TextContents) -> String {
        let limit = Vocabulary.maximumCount
        let remedy: String
        if text.unit != .codepoint && text.unit != .byte && text.evidence.differentCodePoints < limit {
            remedy =
                "train with --max-symbols and --fallback bytes, or use a smaller unit: "
                + "--unit codepoint makes \(text.evidence.differentCodePoints.grouped)"
        } else {
            remedy = "train with --max-symbols \(min(limit, 20_000)) --fallback bytes, or use --unit byte"
        }
        return
            "There are \(text.vocabularySize.grouped) different symbols, more than the \(limit.grouped) that a model can "
            + "have: \(remedy)."
    }

    private func parts(_ report: InspectionReport) -> [String] {
        guard let analysis = report.analysis else { return [] }
        var lines: [String] = []
        let split = analysis.split
        let lacking = [("validation", split.validation), ("test", split.test)].filter { $1.unseenFraction >= 0.0005 }
        if !lacking.isEmpty {
            let parts = lacking.map { name, part in
                "\(Self.counted(part.unseen, "symbol")) of \(name), \(Self.percent(part.unseenFraction)) of it"
            }
            lines.append(
                "Training lacks \(parts.joined(separator: ", and ")): the end of the text differs from its beginning."
                    + streams(analysis))
        }
        if split.validation.symbols < 1000 {
            lines.append(
                "Validation has \(split.validation.symbols.grouped) symbols: too few to judge a model by.")
        }
        return lines
    }

    /// The advice to split the text into streams, where that has been tried and helps.
    private func streams(_ analysis: TextAnalysis) -> String {
        guard let streamed = analysis.streamedSplit else { return "" }
        let (now, then) = (analysis.split.unseenFraction, streamed.unseenFraction)
        guard then <= now / 2 else { return "" }
        return " Use --split-streams 10, which leaves \(then == 0 ? "none" : "\(Self.percent(then)) of both together")."
    }

    private func repeats(_ report: InspectionReport) -> [String] {
        guard let analysis = report.analysis else { return [] }
        var lines: [String] = []
        var units: Set<String> = []
        for (name, lost, documents) in [
            ("validation", analysis.lines.validation, analysis.documents.validation),
            ("test", analysis.lines.test, analysis.documents.test),
        ] {
            if lost.fraction >= 0.01 {
                lines.append(
                    "\(Self.percent(lost.fraction)) of the \(name) lines also occur in training, word for word: a model that learns them by heart "
                        + "has a lower loss than it deserves.")
                units.insert("line")
            } else if documents.fraction >= 0.01 {
                lines.append(
                    "\(Self.percent(documents.fraction)) of the \(name) paragraphs or documents also occur in training, word for word: "
                        + "the loss looks better than it is.")
                units.insert("document")
            }
        }
        if let last = lines.indices.last {
            lines[last] += " " + units.sorted().map { dedupe(by: $0, report.text) }.joined(separator: " ")
        }
        if let longest = analysis.repeats.repeats.first, longest.length * 100 >= report.text.symbols,
            longest.length >= 1000
        {
            let fraction = Self.percent(Double(longest.length) / Double(max(report.text.symbols, 1)))
            lines.append(
                "\(longest.length.grouped) symbols, \(fraction) of the text, are a copy of earlier text: see longest repeats."
            )
        }
        return lines
    }

    /// How to remove what is repeated, within a file or across files.
    private func dedupe(by unit: String, _ text: TextContents) -> String {
        let across = text.files.count > 1
        let isOn = options.pipeline.stages.contains {
            $0.name == "dedupe" && ($0.options["by"] ?? "line") == unit && (!across || $0.options["scope"] == "corpus")
        }
        if isOn { return "What is left differs in white space or normal form." }
        return "--stage dedupe:by=\(unit)\(across ? ",scope=corpus" : "") keeps the first of each."
    }

    static func percent(_ fraction: Double) -> String { NumberFormat.percent(fraction) }

    static func counted(_ count: Int, _ thing: String) -> String { "\(count.grouped) \(thing)\(count == 1 ? "" : "s")" }

    static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count.grouped) times" }
}
