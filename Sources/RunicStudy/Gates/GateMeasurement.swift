package import Runic
internal import RunicEvaluation

/// The activity of all units of a model over a text: the first of the two passes of ``GateStudy``.
package struct GateMeasurement: Sendable {
    package let anatomy: GateAnatomy
    /// The features that the text has.
    package let features: [SymbolFeature]
    /// For each layer, each series of the anatomy.
    package let statistics: [[SeriesStatistics]]
    /// For each layer, how many symbols each unit remembers; nil where no gate says that.
    package let retention: [[Double]?]
    /// For each layer, all units with all features.
    package let scores: [[FeatureScore]]
    /// Mean surprisal over the predicted symbols, nats: the loss of ``EvaluationReport``, which charges unknown symbols 21
    /// bits a code point in addition.
    package let natsPerSymbol: Double

    /// Reads a text and compares.
    ///
    /// - Parameter progress: receives how many symbols have been read.
    /// - Throws: ``StudyError``.
    /// - Complexity: a step of the model and L H F multiply-adds a symbol.
    package init(
        _ model: TextModel, _ text: StudyText, _ table: FeatureTable, progress: (Int) -> Void = { _ in }
    ) throws(StudyError) {
        let anatomy = GateAnatomy(model.steps)
        var counts = (0..<anatomy.layers).map { _ in
            anatomy.series.map { _ in ActivationCounts(units: anatomy.units) }
        }
        var layerScores = (0..<anatomy.layers).map {
            LayerScores(layer: $0, units: anatomy.units, features: table.present)
        }
        var walk = TextWalk(model, text)
        var (nats, predicted) = (0.0, 0)
        for symbol in text.symbols.indices {
            if let surprisal = try walk.next() {
                nats += surprisal
                predicted += 1
            }
            for layer in 0..<anatomy.layers {
                for (index, series) in anatomy.series.enumerated() {
                    counts[layer][index].add(anatomy.values(series, layer: layer, of: walk.state))
                }
                let state = anatomy.values(anatomy.series[anatomy.stateSeries], layer: layer, of: walk.state)
                layerScores[layer].add(state, table: table, symbol: symbol)
            }
            progress(symbol + 1)
        }
        self.anatomy = anatomy
        features = table.present
        let statistics = counts.map { layer in
            zip(layer, anatomy.series).map { SeriesStatistics($0, isGate: $1.isGate) }
        }
        self.statistics = statistics
        retention = statistics.map { layer in
            zip(layer, anatomy.series).first { $1.retention != nil }.map { statistics, series in
                statistics.means.map { UnitRetention.symbols(kept: series.retention == .kept ? $0 : 1 - $0) }
            }
        }
        scores = layerScores.map { $0.scores() }
        let account = LossAccount(
            predictedNats: nats, symbols: predicted + 1, vocabularySize: model.vocabulary.count,
            unknownCodePoints: text.predictedUnknownCodePoints)
        natsPerSymbol = account.natsPerSymbol ?? 0
    }
}
