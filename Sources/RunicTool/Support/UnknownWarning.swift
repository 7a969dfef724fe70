internal import Runic
internal import RunicComparison
internal import RunicDisplay
internal import RunicEvaluation
internal import RunicStudy

/// The warning that a loss says little, as much of the text is unknown to the model.
enum UnknownWarning {
    /// The fraction of unknown symbols that is worth a warning.
    private static let limit = 0.05

    /// Warns about the text that a model was measured on.
    static func warn(about report: EvaluationReport, of texts: [String]) {
        warn(
            texts, unknown: report.unknownSymbols, of: report.symbols, names: report.unseen.text,
            remedy: modelRemedy)
    }

    /// Warns about the text of a study.
    static func warn(about text: StudyText, of texts: [String]) {
        warn(texts, unknown: text.unknown, of: text.symbols.count, names: text.unseenList.text, remedy: modelRemedy)
    }

    /// Warns about the text of a run, before it begins.
    static func warn(about plan: TrainingPlan) {
        warn(
            [], unknown: plan.statistics.unknownSymbols, of: plan.statistics.symbols,
            names: UnseenList(plan.unseen, unit: plan.unit).text, remedy: trainingRemedy)
    }

    /// Warns about the parts of a compared text.
    static func warn(about report: ComparisonReport, of texts: [String]) {
        for (name, loss) in report.unknownParts {
            warn(
                texts, part: " of \(name)", unknown: loss.unknownSymbols, of: loss.symbols, names: nil,
                remedy: trainingRemedy)
        }
    }

    private static let modelRemedy = "use a model of such text, or one that was trained with --fallback bytes"
    private static let trainingRemedy =
        "use --fallback bytes, which spells them, or leave fewer out (--min-count, --max-symbols)"

    private static func warn(
        _ texts: [String], part: String = "", unknown: Int, of symbols: Int, names: String?, remedy: String
    ) {
        let fraction = Double(unknown) / Double(max(symbols, 1))
        guard fraction > limit else { return }
        let place = texts.isEmpty ? "" : texts.joined(separator: ", ") + ": "
        Console.warn(
            "\(place)\(unknown.grouped) of \(symbols.grouped) symbols\(part) (\(NumberFormat.percent(fraction))) are not in "
                + "the vocabulary\(names.map { ", such as \($0)" } ?? ""), and each costs 21 bits a code point: \(remedy)"
        )
    }
}
