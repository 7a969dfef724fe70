package import Runic

/// The activity of some units over the beginning of a text: the second pass of ``GateStudy``.
package struct GateRecording: Sendable {
    /// One unit: its values in bytes.
    package struct Unit: Sendable {
        /// From 0.
        package let unit: Int
        /// (S, T): series after series, see ``ActivationCode``.
        package var codes: [UInt8]
        /// (S): the largest |x| where the range is unbounded, else 1.
        package var scales: [Float]
    }

    /// The likeliest symbols at a place: ids and probabilities, the highest first.
    package typealias Expectation = [(identifier: Int, probability: Double)]

    /// T, the recorded symbols.
    package let symbols: Int
    /// For each layer, its chosen units.
    package let layers: [[Unit]]
    /// Nats; nil for the first symbol.
    package let surprisals: [Double?]
    /// For each symbol, the likeliest ones in its place.
    package let expectations: [Expectation]

    /// Reads a text again.
    ///
    /// - Parameters:
    ///   - symbols: how many, from its first one.
    ///   - expected: how many expectations are kept of each symbol.
    /// - Throws: ``StudyError``.
    package init(
        _ model: TextModel, _ text: StudyText, measurement: GateMeasurement, units: UnitSelection, symbols: Int,
        expected: Int = 5
    ) throws(StudyError) {
        let (anatomy, T) = (measurement.anatomy, min(symbols, text.symbols.count))
        var values = units.units.map { $0.map { _ in [Float](repeating: 0, count: anatomy.series.count * T) } }
        var surprisals: [Double?] = []
        var expectations: [Expectation] = []
        var walk = TextWalk(model, text)
        for symbol in 0..<T {
            expectations.append(walk.expected(expected))
            surprisals.append(try walk.next())
            for layer in 0..<anatomy.layers {
                for (index, series) in anatomy.series.enumerated() {
                    let row = anatomy.values(series, layer: layer, of: walk.state)
                    for (place, unit) in units.units[layer].enumerated() {
                        values[layer][place][index * T + symbol] = row[row.startIndex + unit]
                    }
                }
            }
        }
        self.symbols = T
        self.surprisals = surprisals
        self.expectations = expectations
        layers = units.units.indices.map { layer in
            zip(units.units[layer], values[layer]).map { unit, values in
                Self.coded(unit, values, measurement.statistics[layer].map(\.range), T)
            }
        }
    }

    private static func coded(_ unit: Int, _ values: [Float], _ ranges: [ActivationRange], _ T: Int) -> Unit {
        var result = Unit(unit: unit, codes: [], scales: [])
        for (index, range) in ranges.enumerated() {
            let series = values[(index * T)..<(index * T + T)]
            let largest = range == .unbounded ? series.map(abs).max() ?? 0 : 1
            let scale = largest > 0 ? largest : 1
            result.scales.append(scale)
            result.codes += series.map {
                range == .gate ? ActivationCode.gate($0) : ActivationCode.signed($0, scale: scale)
            }
        }
        return result
    }
}
