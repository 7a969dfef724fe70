internal import Runic
internal import RunicPage
internal import RunicText
internal import RunicDisplay

/// What to do about a text, in words.
struct InspectionAdvice {
    let options: InspectionOptions

    /// A sentence for each thing that matters, the most important first; none where nothing does.
    func lines(_ report: InspectionReport) -> [String] {
        [bytes(report.text), pipeline(report.text), symbols(report), parts(report)].flatMap { $0 }
    }

    private func bytes(_ text: TextContents) -> [String] {
        var lines: [String] = []
        if text.repairedBytes > 0 {
            let first = text.trouble.first(where: \.isInvalid)
            let place = first.map { ", the first at byte \($0.offset.grouped) of \($0.path)" } ?? ""
            lines.append(
                "\(Self.counted(text.repairedBytes, "byte")) cannot be read as text\(place): training stops "
                    + "there. Mend the file, or use --repair.")
        }
        if text.replacementCharacters > 0 {
            lines.append(
                "U+FFFD occurs \(Self.times(text.replacementCharacters)): an earlier program lost the original characters when "
                    + "it wrote the file.")
        }
        if let first = text.mojibake.first.first {
            lines.append(
                "Looks like UTF-8 that was read as windows-1252 and written again, at "
                    + "\(Self.counted(text.mojibake.count, "place")), "
                    + "such as \(first.found) for \(first.meant) at byte \(first.offset.grouped) of \(first.path). "
                    + "If so, turn the file back.")
        }
        let others = text.troubleCount - text.trouble.count(where: \.isInvalid)
        if others > 0, text.troubleCount <= text.trouble.count {
            lines.append("\(Self.counted(others, "control character")) in the text: see trouble.")
        }
        return lines
    }

    private func pipeline(_ text: TextContents) -> [String] {
        var lines: [String] = []
        let stages = options.pipeline.stages
        let keepsLineEnds = !stages.contains { $0.name == "newlines" && $0.options["to"] != NewlineRule.keep.rawValue }
        if text.lineEnds.isMixed && keepsLineEnds {
            lines.append("Line ends are mixed: use --newlines lf.")
        }
        let isNormalised = stages.contains {
            $0.name == "normalize" && $0.options["form"] != NormalizationForm.none.rawValue
        }
        if !isNormalised && !text.isNFC {
            let letters = text.normalization.twoForms
            let example = letters.first.map {
                " \($0.letter) occurs \(Self.times($0.composed)) as one code point and "
                    + "\(Self.times($0.decomposed)) as several: two symbols to a model."
            }
            lines.append(
                "The text is not NFC at \(Self.counted(text.normalization.notNFC, "place")): use --normalize nfc."
                    + (example ?? ""))
        }
        return lines
    }

    private func symbols(_ report: InspectionReport) -> [String] {
        let text = report.text
        guard report.analysis != nil else {
            return [
                "There are \(text.vocabularySize.grouped) different symbols, more than the \(Vocabulary.maximumCount.grouped) "
                    + "that a model can have: use --min-count, or a smaller unit such as --unit codepoint."
            ]
        }
        var lines: [String] = []
        let once = text.rare.first { $0.minimumCount == 2 }
        if let once, once.symbols * 20 >= text.vocabularySize {
            let fraction = Double(once.occurrences) / Double(max(text.symbols, 1))
            lines.append(
                "\(once.symbols.grouped) of \(text.vocabularySize.grouped) symbols occur once: a model cannot learn "
                    + "them. --min-count 2 makes them one unknown symbol, \(Self.percent(fraction)) of the text.")
        }
        if text.symbols < 200_000 {
            lines.append(
                "The text is short: a large model learns it by heart. Begin with --preset tiny or small, or find more text."
            )
        }
        return lines
    }

    private func parts(_ report: InspectionReport) -> [String] {
        guard let analysis = report.analysis else { return [] }
        var lines: [String] = []
        for (name, part) in [("validation", analysis.split.validation), ("test", analysis.split.test)] {
            let unseen = Double(part.unseenOccurrences) / Double(max(part.symbols, 1))
            if unseen >= 0.0005 {
                lines.append(
                    "Training lacks \(Self.counted(part.unseen, "symbol")) of \(name), \(Self.percent(unseen)) of it: "
                        + "the end of the text differs from its beginning. Try --split-streams 10.")
            }
        }
        if analysis.split.validation.symbols < 1000 {
            lines.append(
                "Validation has \(analysis.split.validation.symbols.grouped) symbols: too few to judge a model by.")
        }
        for (name, lost, documents) in [
            ("validation", analysis.lines.validation, analysis.documents.validation),
            ("test", analysis.lines.test, analysis.documents.test),
        ] {
            if lost.fraction >= 0.01 {
                lines.append(
                    "\(Self.percent(lost.fraction)) of the \(name) lines also occur in training, word for word: a model that learns them by heart "
                        + "has a lower loss than it deserves. Remove repeated lines.")
            } else if documents.fraction >= 0.01 {
                lines.append(
                    "\(Self.percent(documents.fraction)) of the \(name) paragraphs or documents also occur in training, word for word: "
                        + "the loss looks better than it is.")
            }
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

    static func percent(_ fraction: Double) -> String {
        let value = fraction * 100
        return value > 0 && value < 0.01 ? "less than 0.01 %" : NumberFormat.fixed(value, value < 1 ? 2 : 1) + " %"
    }

    static func counted(_ count: Int, _ thing: String) -> String { "\(count.grouped) \(thing)\(count == 1 ? "" : "s")" }

    static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count.grouped) times" }
}
