import Foundation
import Runic
import RunicModel
import Testing

@testable import RunicStudy
@testable import RunicPage

@Suite("A page of gates")
struct GateStudyTests {
    /// The JSON of a page.
    private func data(of page: String) throws -> [String: Any] {
        let start = try #require(page.range(of: "<script type=\"application/json\" id=\"data\">"))
        let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
        let json = Data(page[start.upperBound..<end.lowerBound].utf8)
        return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    }

    private func bytes(_ value: Any?) throws -> [UInt8] {
        let text = try #require(value as? String)
        return [UInt8](try #require(Data(base64Encoded: text)))
    }

    private func settings(length: Int, extent: UnitSelection.Extent = .all) -> GateStudy.Settings {
        var settings = GateStudy.Settings()
        (settings.length, settings.measured, settings.extent) = (length, 1500, extent)
        return settings
    }

    @Test(
        "What a page holds decodes to the model's states, gates, text and surprisals",
        arguments: [("lstm", Precision.float32), ("lstm", .int8), ("gru", .float32), ("rnn", .float32)])
    func roundTrip(cell: String, precision: Precision) throws {
        let made = try StudyModel(cell: cell)
        let model = try TextModel(path: made.folder + "/run/best.runic", precision: precision)
        let T = 130
        let study = try GateStudy(model, try made.source, settings(length: T))
        #expect(study.recording.symbols == T && study.text.symbols.count == 1500)
        let data = try data(of: try study.page())
        let series = try #require(data["series"] as? [[String: Any]]),
            layers = try #require(data["layers"] as? [[String: Any]])
        let names = series.compactMap { $0["name"] as? String }
        #expect(names == ["lstm": ["i", "f", "g", "o", "c", "h"], "gru": ["r", "z", "n", "h"], "rnn": ["h"]][cell])
        let milliNats = try bytes(data["surprisals"])

        let (L, H) = (2, 12)
        var state = model.steps.start()
        for t in 0..<T {
            let identifier = try #require(study.text.identifiers[t])
            let found = Int(milliNats[2 * t]) | Int(milliNats[2 * t + 1]) << 8
            if t == 0 {
                #expect(found == 65535)
            } else {
                let logits = state.logits.map(Double.init), highest = try #require(logits.max())
                let sum = logits.reduce(0) { $0 + exp($1 - highest) }
                let nats = highest + log(sum) - logits[identifier]
                #expect(abs(Double(found) / 1000 - nats) < 0.001, "symbol \(t)")
            }
            model.steps.read(identifier, into: &state)
            for layer in 0..<L {
                let units = try #require(layers[layer]["units"] as? [[String: Any]])
                #expect(units.count == H)
                for (unit, object) in units.enumerated() {
                    let codes = try bytes(object["codes"]), scales = try #require(object["scales"] as? [Double])
                    #expect(object["unit"] as? Int == unit && codes.count == names.count * T)
                    for (s, name) in names.enumerated() {
                        let code = Double(codes[s * T + t])
                        let isGate = ["i", "f", "o", "r", "z"].contains(name)
                        let shown = isGate ? code / 255 : (code - 127) / 127 * scales[s]
                        // PyTorch's order: gate by gate, H units each; an LSTM's c is next to h.
                        let parts: ArraySlice<Float> =
                            name == "h" ? state.hidden : name == "c" ? state.auxiliary : state.gates
                        let gate = name == "h" || name == "c" ? 0 : s
                        let value = Double(parts[parts.startIndex + layer * (parts.count / L) + gate * H + unit])
                        let step = isGate ? 1 / 255.0 : scales[s] / 127
                        #expect(abs(shown - value) <= step / 2 + 1e-5, "\(name) of \(layer), \(unit) at \(t)")
                    }
                }
            }
        }

        let symbols = try #require(data["symbols"] as? [[String: String]]), text = try bytes(data["text"])
        let shown = (0..<T).map { t in
            symbols[(0..<4).reduce(0) { $0 | Int(text[4 * t + $1]) << (8 * $1) }]["n"] ?? ""
        }
        #expect(shown == study.text.symbols.prefix(T).map { DisplaySymbol($0.bytes).name })
    }

    @Test("The parts that are taken for gates and states fit the cell's equations")
    func equations() throws {
        let (lstm, gru) = (try StudyModel(cell: "lstm"), try StudyModel(cell: "gru"))
        for made in [lstm, gru] {
            let model = made.model, anatomy = GateAnatomy(model.steps)
            let text = try StudyText(try made.source, model: model, limit: 40)
            var walk = TextWalk(model, text)
            var before: [[Float]] = [[], []]
            for t in 0..<40 {
                _ = try walk.next()
                for layer in 0..<2 {
                    func values(_ name: String) throws -> [Float] {
                        let series = try #require(anatomy.series.first { $0.name == name })
                        return Array(anatomy.values(series, layer: layer, of: walk.state))
                    }
                    let state = try values(anatomy.series[anatomy.stateSeries].name)
                    for unit in 0..<(t == 0 ? 0 : 12) {
                        let expected =
                            made === lstm
                            ? try values("f")[unit] * before[layer][unit] + values("i")[unit] * values("g")[unit]
                            : try (1 - values("z")[unit]) * values("n")[unit] + values("z")[unit] * before[layer][unit]
                        #expect(abs(state[unit] - expected) < 1e-5)
                    }
                    before[layer] = state
                }
            }
        }
    }

    @Test(
        "The mean surprisal is what evaluate says, what unknown symbols cost included",
        arguments: [TextUnit.grapheme, .byte])
    func surprisal(unit: TextUnit) throws {
        let made = try StudyModel(cell: "gru", unit: unit)
        let path = made.folder + "/other.txt"
        try Data("the cat: Ω sat.\nok Ω ok\n".utf8).write(to: URL(fileURLWithPath: path))
        let source = try TextSource(paths: [path])
        let study = try GateStudy(made.model, source, settings(length: 9, extent: .first(0)))
        let nats = try #require(try made.model.evaluate(source).natsPerSymbol)
        #expect(study.text.unseen > 0 && study.text.unknown == study.text.unseen)
        #expect(abs(study.measurement.natsPerSymbol - nats) < 1e-5)
    }

    @Test("Statistics are those of all units and all measured symbols, whatever is shown")
    func statistics() throws {
        let made = try StudyModel(cell: "lstm")
        let few = try GateStudy(made.model, try made.source, settings(length: 5, extent: .first(1)))
        let text = try StudyText(try made.source, model: made.model, limit: 1500)
        var walk = TextWalk(made.model, text)
        let anatomy = few.measurement.anatomy, forget = anatomy.series[1]
        var (sums, closed) = ([Double](repeating: 0, count: 12), [Int](repeating: 0, count: 12))
        for _ in 0..<1500 {
            _ = try walk.next()
            for (unit, value) in anatomy.values(forget, layer: 1, of: walk.state).enumerated() {
                sums[unit] += Double(value)
                closed[unit] += value < 0.1 ? 1 : 0
            }
        }
        let retention = try #require(few.measurement.retention[1])
        for unit in 0..<12 {
            #expect(abs(retention[unit] + 1 / log(sums[unit] / 1500)) < 1e-6)
            #expect(few.measurement.statistics[1][1].low[unit] == Double(closed[unit]) / 1500)
        }
        #expect(few.remark?.contains("the first 5 of 1,500 measured symbols") == true)
        #expect(few.remark?.contains("of 24 units") == true)
        #expect(few.selection.units.allSatisfy { $0.contains(0) && $0 == $0.sorted() })
        let all = try GateStudy(made.model, try made.source, settings(length: 1500))
        #expect(all.remark == nil && all.selection.count == 24)
        #expect(all.measurement.scores == few.measurement.scores)
    }

    @Test("What is expected is sorted by probability, and adds up to less than 1")
    func expectations() throws {
        let made = try StudyModel(cell: "gru")
        let text = try StudyText(try made.source, model: made.model, limit: 30)
        var walk = TextWalk(made.model, text)
        #expect(walk.expected(5).isEmpty)
        for _ in 0..<29 {
            _ = try walk.next()
            let all = walk.expected(made.model.vocabulary.count), five = walk.expected(5)
            #expect(five.map(\.identifier) == all.prefix(5).map(\.identifier))
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.probability >= $1.probability })
            #expect(abs(all.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
        }
    }

    @Test(
        "A page is one document that fetches nothing, whatever the text has in it",
        arguments: [TextUnit.grapheme, .byte])
    func document(unit: TextUnit) throws {
        let made = try StudyModel(cell: "gru", unit: unit)
        let page = try GateStudy(made.model, try made.source, settings(length: 300)).page()
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
        #expect(page.components(separatedBy: "<script").count - 1 == 2)
        #expect(page.components(separatedBy: "</script").count - 1 == 2)
        #expect(!page.contains("://") || !page.contains("src="))
        #expect(page.contains("default-src 'none'"))
        #expect(!page.unicodeScalars.contains("\u{2028}"))
    }

    @Test("A text that the model cannot read enough of is refused, naming it")
    func tooShort() throws {
        let made = try StudyModel(cell: "rnn")
        let path = made.folder + "/short.txt"
        try Data("a".utf8).write(to: URL(fileURLWithPath: path))
        #expect {
            try GateStudy(made.model, try TextSource(paths: [path]))
        } throws: { error in
            "\(error)".contains("short.txt: 1 symbols")
        }
    }

    @Test("Only the beginning of a text is read, across files, and trouble after it is not found")
    func beginning() throws {
        let made = try StudyModel(cell: "rnn")
        let (first, second) = (made.folder + "/1.txt", made.folder + "/2.txt")
        try Data("ab\r\n".utf8).write(to: URL(fileURLWithPath: first))
        try Data(Array("cd".utf8) + [UInt8](repeating: 0x65, count: 200_000) + [0xFF]).write(
            to: URL(fileURLWithPath: second))
        let source = try TextSource(paths: [first, second])
        let symbols = try made.model.pipeline.beginning(of: source, limit: 5).symbols
        #expect(symbols.map(\.bytes) == ["a", "b", "\n", "c", "d"].map { Array($0.utf8) })
        #expect(throws: TextError.self) { try made.model.pipeline.beginning(of: source, limit: 300_000) }
    }
}
