package import Runic
internal import RunicEvaluation
package import RunicText
internal import RunicDisplay
internal import RunicPage

/// `runic study gates`: reads a text twice, once to find the units that follow a feature, once to record those.
package struct GateStudy: Sendable {
    /// What a study reads and shows.
    package struct Settings: Sendable {
        /// Symbols that the page shows.
        package var length = 3_000
        /// Symbols over which units are compared with features, at least those that are shown.
        package var measured = 20_000
        package var extent = UnitSelection.Extent.first(32)
        /// Replaces invalid bytes instead of stopping at them.
        package var repair = false
        /// How the files are to be taken apart; nil: as they need it.
        package var container: [StageDescription]?

        package init() {}
    }

    /// More symbols than this make a page too slow for browsers.
    package static let longest = 100_000
    /// More measured symbols than this are refused: their features would take more memory than a study should.
    package static let mostMeasured = 2_000_000
    /// The most bytes of activations that a page may hold, before base64.
    package static let largestPage = 256 << 20

    package let model: TextModel
    package let text: StudyText
    package let table: FeatureTable
    package let measurement: GateMeasurement
    package let rankings: [FeatureRanking]
    package let selection: UnitSelection
    package let recording: GateRecording

    /// Reads the text and measures the units.
    ///
    /// - Parameter progress: receives the measured symbols and the number of all.
    /// - Throws: ``StudyError``.
    package init(
        _ model: TextModel, _ source: TextSource, _ settings: Settings = Settings(),
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws(StudyError) {
        precondition(settings.length > 0 && settings.measured > 0, "\(settings.length) of \(settings.measured) symbols")
        self.model = model
        let text = try StudyText(
            source, model: model, limit: max(settings.measured, settings.length), repair: settings.repair,
            container: settings.container)
        table = FeatureTable(text.symbols, unit: model.pipeline.unit)
        measurement = try GateMeasurement(model, text, table) { progress($0, text.symbols.count) }
        rankings = FeatureRanking.all(measurement.scores, features: measurement.features)
        selection = UnitSelection(measurement, rankings: rankings, extent: settings.extent)
        let shown = min(settings.length, text.symbols.count)
        let bytes = selection.count * measurement.anatomy.series.count * shown
        guard bytes <= Self.largestPage else { throw .tooLarge(bytes: bytes, limit: Self.largestPage) }
        recording = try GateRecording(
            model, text, measurement: measurement, units: selection, symbols: shown)
        self.text = text
    }

    /// The page, one self-contained HTML file.
    ///
    /// - Throws: ``StudyError``.
    package func page() throws(StudyError) -> String {
        let data = GatePageData(
            model, text: text, table: table, measurement: measurement, rankings: rankings, recording: recording)
        let json: String
        do {
            json = try PageJSON.text(data)
        } catch {
            throw .other("the page's data has no JSON: \(error)")
        }
        let title = "What the gates of \(model.name) do"
        return PageDocument.assemble(
            title: title, style: PageStyle.common + "\n" + GatePageMarkup.style,
            body: GatePageMarkup.body(title: title, facts: facts, note: remark), data: json,
            scripts: GatePageMarkup.scripts)
    }

    /// The page's facts about model and text: names and values.
    private var facts: [(name: String, value: String)] {
        let configuration = model.configuration
        let nats = measurement.natsPerSymbol
        var facts = [
            ("model", model.name),
            (
                "cell",
                "\(configuration.cell) \(configuration.layers) × \(configuration.hiddenSize), "
                    + "\(NumberFormat.count(Double(model.parameterCount))) parameters in \(model.precision.rawValue)"
            ),
            ("text", text.name),
            ("shown", "\(recording.symbols.grouped) of \(text.symbols.count.grouped) measured symbols"),
            (
                "surprisal",
                "\(NumberFormat.nats(nats)) nats (\(NumberFormat.nats(nats / 0.6931471805599453)) bits) per symbol"
            ),
        ]
        if let names = text.unseenList.text {
            let fraction = NumberFormat.percent(Double(text.unseen) / Double(text.symbols.count))
            facts.append(
                (
                    "not in the vocabulary",
                    "\(text.unseen.grouped) symbols (\(fraction)), \(text.unknown > 0 ? "unknown" : "spelled"): \(names)"
                ))
        }
        return facts
    }

    /// What was left out; nil where nothing was.
    package var remark: String? {
        let units = measurement.anatomy.units * measurement.anatomy.layers
        var parts: [String] = []
        if recording.symbols < text.symbols.count {
            parts.append(
                "the first \(recording.symbols.grouped) of \(text.symbols.count.grouped) measured symbols (--length)")
        }
        if selection.count < units { parts.append("\(selection.count.grouped) of \(units.grouped) units (--units)") }
        return parts.isEmpty
            ? nil : "the page shows \(parts.joined(separator: " and ")); scores and statistics are over all of them"
    }

    /// The most interpretable units as a table for a terminal.
    package var summary: String {
        var table = TextTable(alignments: [.left, .right, .right, .right, .right])
        table.add(["feature", "layer", "unit", "r", "AUC"])
        for ranking in rankings {
            guard let best = ranking.best.first else {
                table.add([
                    ranking.feature.title, "-", "-", "below \(NumberFormat.fixed(FeatureRanking.leastScore, 1))",
                ])
                continue
            }
            table.add([
                ranking.feature.title, "\(best.layer + 1)", "\(best.unit)", NumberFormat.fixed(best.correlation, 3),
                best.area.map { NumberFormat.fixed($0, 3) } ?? "",
            ])
        }
        return table.text
    }
}
