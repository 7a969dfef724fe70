import Foundation
import Testing

@testable import RunicDisplay
@testable import RunicEvaluation

struct PartLossTests {
    @Test("The loss of a part is that of a report on the same text, and names what training minimises")
    func sameMeasure() throws {
        let size = PartSize(
            charactersPerSymbol: 0.8, unknownSymbols: 2, unknownCodePoints: 3, firstSymbolUnknownCodePoints: 1)
        let part = try #require(PartLoss(predictedNats: 4 * log(2), symbols: 5, vocabularySize: 8, size: size))
        let report = EvaluationReport(
            predictedNats: 4 * log(2), symbols: 5, vocabularySize: 8, characters: 4, bytes: 10, unknownSymbols: 2,
            unknownCodePoints: 3, firstSymbolUnknownCodePoints: 1)
        #expect(part.nats == report.natsPerSymbol && part.perplexity == report.perplexity)
        #expect(part.bitsPerCharacter == report.bitsPerCharacter && part.unknownFraction == report.unknownFraction)
        #expect(abs(part.predictedNats - log(2)) < 1e-15 && part.symbols == 5 && part.unknownSymbols == 2)
        let read = try JSONDecoder().decode(PartLoss.self, from: try JSONEncoder().encode(part))
        #expect(read == part)
    }

    @Test("A loss that version 0.1.0 wrote is read")
    func oldFile() throws {
        let text = #"{"nats":1.5,"perplexity":4.48,"bits_per_character":2.2}"#
        let read = try JSONDecoder().decode(PartLoss.self, from: Data(text.utf8))
        #expect(read.nats == 1.5 && read.predictedNats == 1.5 && read.unknownSymbols == 0)
    }

    @Test(
        "A list of unseen symbols names five, counts the others, and shows what would not be seen as code points",
        arguments: [
            ([], 0, nil), ([("é", 3), ("\u{200B}", 1_200)], 2, "'é' (3), U+200B (1,200)"),
            (
                [("a", 9), ("b", 8), ("c", 7), ("d", 6), ("e", 5), ("f", 4)], 1_234,
                "'a' (9), 'b' (8), 'c' (7), 'd' (6), 'e' (5) and 1,229 more"
            ),
        ] as [([(String, Int)], Int, String?)])
    func list(entries: [(String, Int)], different: Int, expected: String?) {
        let list = UnseenList(
            different: different, first: entries.map { UnseenList.Entry(symbol: $0.0, count: $0.1) })
        #expect(list.text == expected)
    }

    @Test(
        "A perplexity has decimals up to a million, and an exponent from there on",
        arguments: [
            (2.0, "2.0000"), (999_999.9, "999999.9000"), (1e6, "1.00e6"), (77_312_345_678, "7.73e10"),
            (9.999e9, "1.00e10"), (.infinity, "-"), (.nan, "-"),
        ])
    func perplexity(value: Double, expected: String) {
        #expect(NumberFormat.figure(value) == expected)
    }
}
