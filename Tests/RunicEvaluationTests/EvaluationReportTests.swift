import Foundation
import Testing

@testable import RunicEvaluation

struct EvaluationReportTests {
    @Test("A text without unknown symbols costs as much as computed by hand")
    func plain() throws {
        // Nine symbols of which eight are predicted at one bit each, V = 16: 8 + 4 bits.
        let report = EvaluationReport(
            predictedNats: 8 * log(2), symbols: 9, vocabularySize: 16, characters: 6, bytes: 24)
        #expect(abs(try #require(report.natsPerSymbol) - log(2)) < 1e-15)
        #expect(abs(try #require(report.perplexity) - 2) < 1e-14)
        #expect(abs(try #require(report.bitsPerCharacter) - 2) < 1e-14)
        #expect(abs(try #require(report.bitsPerByte) - 0.5) < 1e-14)
        #expect(report.symbols == 9 && report.characters == 6 && report.bytes == 24 && report.unknownSymbols == 0)
    }

    @Test("An unknown symbol adds 21 bits a code point to every figure")
    func unknown() throws {
        // 4 predicted symbols at 1 bit; two unknown ones of 3 code points in all: 4 + 63 bits, and log2(8) for the
        // first.
        let report = EvaluationReport(
            predictedNats: 4 * log(2), symbols: 5, vocabularySize: 8, characters: 5, bytes: 10, unknownSymbols: 2,
            unknownCodePoints: 3, lossy: true)
        #expect(abs(try #require(report.natsPerSymbol) - 67 * log(2) / 4) < 1e-13)
        #expect(abs(try #require(report.bitsPerCharacter) - 70.0 / 5) < 1e-13)
        #expect(abs(try #require(report.bitsPerByte) - 7) < 1e-13)
        #expect(report.lossy && report.unknownSymbols == 2)
    }

    @Test("The code points of an unknown first symbol are in the bit figures only, as that symbol is")
    func unknownFirst() throws {
        let report = EvaluationReport(
            predictedNats: 4 * log(2), symbols: 5, vocabularySize: 8, characters: 5, bytes: 10, unknownSymbols: 2,
            unknownCodePoints: 3, firstSymbolUnknownCodePoints: 1)
        #expect(abs(try #require(report.natsPerSymbol) - 46 * log(2) / 4) < 1e-13)
        #expect(abs(try #require(report.bitsPerByte) - 7) < 1e-13)
    }

    @Test("One symbol has bits and no loss; an empty text has neither")
    func tiny() throws {
        let one = EvaluationReport(predictedNats: 0, symbols: 1, vocabularySize: 32, characters: 1, bytes: 2)
        #expect(one.natsPerSymbol == nil && one.perplexity == nil)
        #expect(one.bitsPerCharacter == 5 && one.bitsPerByte == 2.5)
        let none = EvaluationReport(predictedNats: 0, symbols: 0, vocabularySize: 32, characters: 0, bytes: 0)
        #expect(none.natsPerSymbol == nil && none.bitsPerCharacter == nil && none.bitsPerByte == nil)
    }

    @Test("JSON has exactly the keys of the contract", arguments: [1.0, .nan, .infinity, 1e6])
    func keys(nats: Double) throws {
        let report = EvaluationReport(predictedNats: nats, symbols: 2, vocabularySize: 4, characters: 2, bytes: 2)
        let object = try JSONSerialization.jsonObject(with: Data(try report.json().utf8))
        let fields = try #require(object as? [String: Any])
        #expect(
            Set(fields.keys) == [
                "nats_per_symbol", "perplexity", "bits_per_character", "bits_per_byte", "symbols", "characters",
                "bytes", "unknown_symbols", "spelled_symbols", "lossy", "unseen_symbols",
            ])
        #expect((fields["nats_per_symbol"] is NSNull) == !nats.isFinite)
        #expect((fields["perplexity"] is NSNull) == (nats != 1), "e to a million is no number")
        #expect(try JSONDecoder().decode(EvaluationReport.self, from: Data(try report.json().utf8)) == report)
    }

    @Test("The text for a reader is aligned and says when the pipeline is lossy")
    func text() {
        let report = EvaluationReport(
            predictedNats: 8 * log(2), symbols: 9, vocabularySize: 16, characters: 6, bytes: 24, unknownSymbols: 1,
            unseen: UnseenList(different: 1, first: [UnseenList.Entry(symbol: "é", count: 1)]), lossy: true)
        #expect(
            report.text == """
                nats per symbol     0.6931
                perplexity          2.0000
                bits per character  2.0000
                bits per byte       0.5000  lossy: the pipeline drops part of the file
                symbols                  9
                characters               6
                bytes                   24
                unknown symbols          1  11.1 %: 'é' (1)

                """)
        let spelled = EvaluationReport(
            predictedNats: 8 * log(2), symbols: 9, vocabularySize: 16, characters: 6, bytes: 24, spelledSymbols: 2,
            unseen: UnseenList(different: 3, first: [UnseenList.Entry(symbol: "é", count: 1)]))
        #expect(
            spelled.text == """
                nats per id         0.6931
                perplexity          2.0000  of an id
                nats per character  1.3863
                bits per character  2.0000
                bits per byte       0.5000
                ids                      9
                characters               6
                bytes                   24
                unknown symbols          0
                spelled symbols          2  'é' (1) and 2 more

                """)
    }
}
