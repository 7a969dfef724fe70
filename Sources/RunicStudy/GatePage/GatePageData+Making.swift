internal import Runic
internal import RunicText
internal import RunicPage

extension GatePageData {
    /// - Parameters:
    ///   - text: the text, at least the recorded symbols.
    ///   - table: its features.
    init(
        _ model: TextModel, text: StudyText, table: FeatureTable, measurement: GateMeasurement,
        rankings: [FeatureRanking], recording: GateRecording
    ) {
        let anatomy = measurement.anatomy
        let expectedCount = 5
        unitsPerLayer = anatomy.units
        vocabulary = model.vocabulary.count
        stateSeries = anatomy.stateSeries
        series = anatomy.series.map {
            Series(name: $0.name, title: $0.title, about: $0.explanation, isGate: $0.isGate)
        }
        features = rankings.map { Self.feature($0, table, symbols: recording.symbols) }
        let places = Dictionary(uniqueKeysWithValues: zip(rankings.map(\.feature), 0...))
        layers = recording.layers.indices.map { layer in
            Self.layer(
                recording.layers[layer], statistics: measurement.statistics[layer],
                retention: measurement.retention[layer],
                scores: measurement.scores[layer], places: places)
        }

        var book = SymbolBook()
        let shown = 0..<recording.symbols
        self.text = PackedNumbers.longWords(shown.map { book.place(of: text.symbols[$0].bytes) })
        unseen = PackedNumbers.bytes(
            shown.map { model.vocabulary.identifier(of: text.symbols[$0]) == nil ? 1 : 0 })
        surprisals = PackedNumbers.words(
            recording.surprisals.map { $0.map { UInt16(min(max($0 * 1000, 0), 65534).rounded()) } ?? .max })
        var (expected, probabilities): ([UInt32], [UInt16]) = ([], [])
        for expectation in recording.expectations {
            for rank in 0..<expectedCount {
                let one = expectation.indices.contains(rank) ? expectation[rank] : nil
                expected.append(one.map { book.place(of: model.vocabulary.bytes(of: $0.identifier)) } ?? 0)
                probabilities.append(one.map { UInt16(($0.probability * 65535).rounded()) } ?? 0)
            }
        }
        self.expected = PackedNumbers.longWords(expected)
        self.probabilities = PackedNumbers.words(probabilities)
        self.expectedCount = expectedCount
        symbols = book.symbols
        palettes = Theme(light: Palette.light, dark: Palette.dark)
    }

    private static func feature(_ ranking: FeatureRanking, _ table: FeatureTable, symbols: Int) -> Feature {
        let values = (0..<symbols).map { Double(table[$0, ranking.feature]) }
        let largest = max(values.max() ?? 0, 1)
        return Feature(
            title: ranking.feature.title, place: ranking.feature.place, about: ranking.feature.explanation,
            isCount: ranking.feature.isCount,
            needsMemory: ranking.feature.needsMemory,
            best: ranking.best.map {
                Feature.Best(
                    layer: $0.layer, unit: $0.unit, r: rounded($0.correlation), score: rounded($0.score),
                    area: $0.area.map(rounded))
            },
            highest: rounded(ranking.highest), values: PackedNumbers.fractions(values.map { $0 / largest }),
            largest: largest)
    }

    private static func layer(
        _ units: [GateRecording.Unit], statistics: [SeriesStatistics], retention: [Double]?, scores: [FeatureScore],
        places: [SymbolFeature: Int]
    ) -> Layer {
        let byUnit = Dictionary(grouping: scores, by: \.unit)
        return Layer(
            units: units.map { unit in
                let best = (byUnit[unit.unit] ?? []).sorted { $0.score > $1.score }.prefix(3)
                return Unit(
                    unit: unit.unit, codes: PackedNumbers.bytes(unit.codes), scales: unit.scales.map(Double.init),
                    tells: best.compactMap { score in
                        places[score.feature].map { Telling(feature: $0, r: rounded(score.correlation)) }
                    },
                    retention: retention.map { rounded($0[unit.unit]) })
            },
            statistics: statistics.map {
                Statistics(
                    range: $0.range, ends: $0.range.ends, fractions: $0.fractions.map { rounded($0, 100_000) },
                    low: rounded($0.saturated.low), high: rounded($0.saturated.high),
                    unitsLow: PackedNumbers.fractions($0.low), unitsHigh: PackedNumbers.fractions($0.high))
            },
            retention: retention?.map { rounded($0) }, longest: UnitSelection.longest(retention ?? []))
    }

    private static func rounded(_ value: Double) -> Double { rounded(value, 1000) }

    private static func rounded(_ value: Double, _ steps: Double) -> Double { (value * steps).rounded() / steps }
}

/// Gives the different symbols of a page indices, in order of their first use.
private struct SymbolBook {
    private(set) var symbols: [DisplaySymbol] = []
    private var places: [[UInt8]: UInt32] = [:]

    mutating func place(of bytes: [UInt8]) -> UInt32 {
        if let place = places[bytes] { return place }
        let place = UInt32(symbols.count)
        places[bytes] = place
        symbols.append(DisplaySymbol(bytes))
        return place
    }
}
