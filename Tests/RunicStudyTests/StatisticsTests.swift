import Foundation
import RunicCells
import Testing

@testable import RunicStudy

@Suite("How activations are distributed")
struct StatisticsTests {
    @Test("Shares, saturation and means are those of a plain count, and ends belong to the outermost bins")
    func gate() {
        let rows: [[Float]] = [[0, 1, 0.5], [0.07, 0.96, 0.5], [0.2, 0.7, 0.52], [0, 1, 0.3]]
        var counts = ActivationCounts(units: 3)
        for row in rows { counts.add(row[...]) }
        #expect(counts.range(isGate: false) == .gate)
        let fractions = counts.fractions(.gate)
        #expect(fractions.count == 20 && abs(fractions.reduce(0, +) - 1) < 1e-12)
        #expect(fractions[0] == 2 / 12.0 && fractions[19] == 3 / 12.0 && fractions[10] == 3 / 12.0)
        #expect(counts.saturatedLow(.gate) == [0.75, 0, 0])
        #expect(counts.saturatedHigh == [0, 0.75, 0])
        #expect(abs(counts.means[0] - 0.0675) < 1e-8)
        let statistics = SeriesStatistics(counts, isGate: true)
        #expect(statistics.saturated.low == 0.25 && statistics.saturated.high == 0.25)
    }

    @Test(
        "The range is the narrowest that holds all values",
        arguments: [
            ([-1, 1], ActivationRange.bounded), ([-0.2, 0.3], .bounded), ([-7, 9], .unbounded), ([0, 2], .unbounded),
        ])
    func ranges(values: [Float], range: ActivationRange) {
        var counts = ActivationCounts(units: values.count)
        counts.add(values[...])
        #expect(counts.range(isGate: false) == range)
        let fractions = counts.fractions(range)
        #expect(fractions.count == 40 && abs(fractions.reduce(0, +) - 1) < 1e-12)
    }

    @Test("Values far beyond what is shown are counted at its ends")
    func beyond() {
        var counts = ActivationCounts(units: 2)
        counts.add([-1e30, 3e38][...])
        let fractions = counts.fractions(.unbounded)
        #expect(fractions[0] == 0.5 && fractions[39] == 0.5)
        #expect(counts.saturatedLow(.unbounded) == [1, 0])
    }

    @Test("A unit that keeps f̄ of its state has 1/e left after −1 / ln f̄ symbols", arguments: [0.3, 0.9, 0.999])
    func memory(mean: Double) {
        let symbols = UnitRetention.symbols(kept: mean)
        #expect(abs(pow(mean, symbols) - exp(-1)) < 1e-9)
        #expect(UnitRetention.symbols(kept: 0) == 0)
        #expect(UnitRetention.symbols(kept: 1) == UnitRetention.longest)
    }

    @Test(
        "A byte holds a value up to half a step",
        arguments: stride(from: -1.5, through: 1.5, by: 0.07).map { Float($0) })
    func codes(value: Float) {
        let gate = min(max(value, 0), 1)
        #expect(abs(Float(ActivationCode.gate(value)) / 255 - gate) <= 0.5 / 255 + 1e-6)
        let code = Float(ActivationCode.signed(3 * value, scale: 3))
        #expect(abs((code - 127) / 127 * 3 - min(max(3 * value, -3), 3)) <= 1.5 / 127 + 1e-5)
        #expect(ActivationCode.signed(0, scale: 1) == 127)
    }

    @Test("Packed numbers are little-endian")
    func packed() {
        #expect(PackedNumbers.words([1, 0xABCD]) == Data([1, 0, 0xCD, 0xAB]).base64EncodedString())
        #expect(PackedNumbers.longWords([0x01020304]) == Data([4, 3, 2, 1]).base64EncodedString())
    }

    @Test(
        "Every cell's letters have names, and the gate that keeps the state is known",
        arguments: [
            (
                "lstm", ["input gate", "forget gate", "candidate", "output gate", "cell state", "hidden state"], "f"
            ),
            ("coupled", ["forget gate", "candidate", "output gate", "cell state", "hidden state"], "f"),
            (
                "lstm:coupled+peephole",
                ["forget gate", "candidate", "output gate", "cell state", "hidden state"], "f"
            ),
            (
                "lstm:no-forget-gate", ["input gate", "candidate", "output gate", "cell state", "hidden state"], nil
            ),
            ("gru", ["reset gate", "update gate", "candidate", "hidden state"], "z"),
            ("gru:reset-before", ["reset gate", "update gate", "candidate", "hidden state"], "z"),
            ("mgu", ["forget gate", "candidate", "hidden state"], "f"),
            ("rnn:relu", ["hidden state"], nil),
        ] as [(String, [String], String?)])
    func words(cell: String, titles: [String], keeping: String?) throws {
        let cell = try CellRegistry().cell(named: cell)
        #expect(cell.gateRoles.count == cell.gateNames.count)
        let series = ActivationSeries.all(
            gates: cell.gateNames, roles: cell.gateRoles, auxiliaries: cell.auxiliaryCount)
        #expect(series.map(\.title) == titles)
        #expect(series.first { $0.retention != nil }?.name == keeping)
        #expect(series.allSatisfy { !$0.explanation.isEmpty })
        #expect(series.first { $0.retention == .replaced } == nil || cell.name == "mgu")
        #expect(series.allSatisfy { $0.isGate == $0.title.hasSuffix("gate") })
    }

    @Test("A gate that only its cell knows is shown by its letter")
    func unknownGate() {
        let series = ActivationSeries.all(gates: ["q"], roles: [.other], auxiliaries: 2)
        #expect(series.map(\.title) == ["q", "cell state", "s1", "hidden state"])
        #expect(series.allSatisfy { !$0.isGate && $0.retention == nil })
    }
}
