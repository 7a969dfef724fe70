import Foundation
import Testing

@testable import RunicEvaluation
@testable import RunicComparison
@testable import RunicDisplay

struct ComparisonReportTests {
    @Test("The table has one row a cell, deviations below, and as many digits as they justify")
    func table() {
        let report = Samples.report([
            Samples.run("lstm", seed: 1, nats: 1.52, speed: 1_000), Samples.run("gru", seed: 1, nats: 1.56),
            Samples.run("lstm", seed: 2, nats: 1.50, speed: 1_100), Samples.run("gru", seed: 2, nats: 1.53),
            Samples.run("lstm", seed: 3, nats: 1.55, speed: 1_230), Samples.run("gru", seed: 3, nats: 1.57),
        ])
        // statistics.mean and stdev of exp(x), and of (x * 4000 / ln 2 + 4) / 4001, by Python:
        // 4.58846 0.11575, 2.19816 0.03630; 4.72788 0.09797, 2.24143 0.03002; of the speeds 1110 115.3.
        #expect(
            report.table == """
                                                      validation                   test
                cell  size     parameters  symbols/s  perplexity  bits/char  perplexity  bits/char
                lstm  2 × 128       12345       1110           –          –        4.59      2.198
                                                ±115                              ±0.12     ±0.036
                gru   2 × 128       12345       1000           –          –       4.728      2.241
                                                  ±0                             ±0.098     ±0.030
                mean of 3 seeds, ± sample standard deviation

                on the test part:
                  lstm is better than gru by 0.030 ± 0.025 nats per symbol (95 %, 3 seeds)

                """)
    }

    @Test("One seed shows no deviation and says so")
    func oneSeed() {
        let report = Samples.report([Samples.run("lstm", seed: 1, nats: 1.5, speed: 1_234.4)])
        #expect(!report.table.contains("±"))
        #expect(
            report.table.contains("lstm  2 × 128       12345       1234           –          –      4.4817     2.1645"))
        #expect(report.table.hasSuffix("one seed: no deviation\n"))
        #expect(report.differences.isEmpty)
    }

    @Test("What was stopped or diverged is listed, said and left out of the means")
    func incomplete() throws {
        let report = Samples.report(
            [
                Samples.run("lstm", seed: 1, nats: 1.5), Samples.run("gru", seed: 1, nats: nil, end: .diverged),
                Samples.run("lstm", seed: 2, nats: 9, end: .interrupted),
            ], interrupted: true)
        #expect(report.runs.count == 3 && report.cells.map(\.completeRuns) == [1, 0])
        #expect(abs(try #require(report.cells[0].testNats).mean - 1.5) < 1e-12)
        #expect(report.cells[1].testNats == nil)
        #expect(report.table.contains("gru: 0 of 1 seeds complete\ngru: 1 diverged; try a smaller --learning-rate\n"))
        #expect(report.table.contains("interrupted: "))
    }

    @Test("JSON decodes to the same report, and a reader finds the contract's keys")
    func json() throws {
        let report = Samples.report([
            Samples.run("lstm", seed: 1, nats: 1.5, wave: [0.1, -0.1]),
            Samples.run("gru", seed: 1, nats: .nan, wave: [0, 0]),
            Samples.run("rnn", seed: 1, nats: 1_000, wave: [0, 0]),
        ])
        let text = try report.json()
        #expect(try JSONDecoder().decode(ComparisonReport.self, from: Data(text.utf8)) == report)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let runs = try #require(object["runs"] as? [[String: Any]])
        #expect(runs.map { $0["test"] == nil } == [false, true, false])
        let huge = try #require(runs[2]["test"] as? [String: Any])
        #expect(huge["nats"] as? Double == 1_000 && huge["perplexity"] == nil)
        #expect(Set(try #require(object["settings"] as? [String: Any]).keys).contains("learning_rate"))
    }

    @Test("CSV has a header, a row a run, CRLF line ends, full precision and empty fields")
    func csv() throws {
        let report = Samples.report([
            Samples.run("lstm", seed: 1, nats: 1.0 / 3), Samples.run("gru", seed: 2, nats: nil, end: .timeIsUp),
        ])
        let lines = report.csv.components(separatedBy: "\r\n")
        #expect(lines.count == 4 && lines[3].isEmpty)
        #expect(lines[0] == ComparisonReport.csvColumns.joined(separator: ","))
        let fields = lines[1].components(separatedBy: ",")
        #expect(fields.count == ComparisonReport.csvColumns.count)
        #expect(
            Array(fields[..<15]) == [
                "lstm", "2", "128", "128", "12345", "1", "finished", "10", "5", "640", "0.5", "1000.0", "", "", "",
            ])
        #expect(Double(fields[15]) == report.runs[0].test?.nats && fields[15].count > 15)
        #expect(fields.suffix(2) == ["", "0"])
        #expect(lines[2].hasPrefix("gru,2,128,128,12345,2,time is up,") && lines[2].hasSuffix(",1000.0,,,,,,,,"))
    }

    @Test("Unknown symbols are counted below the table, and a perplexity without meaning is short")
    func unknown() {
        let size = PartSize(unknownSymbols: 1_234, unknownCodePoints: 1_300)
        let report = Samples.report([
            Samples.run("lstm", seed: 1, nats: 20, unknown: size),
            Samples.run("lstm", seed: 2, nats: 20, unknown: size),
        ])
        #expect(report.table.contains("\nunknown symbols: 1,234 of 4,001 of test (30.8 %)\n"), "\(report.table)")
        #expect(report.table.contains(" 5.50e10 "), "\(report.table)")
        #expect(report.csv.contains(",1234\r\n"))
        #expect(!Samples.report([Samples.run("lstm", seed: 1, nats: 2)]).table.contains("unknown symbols"))
    }

    @Test(
        "Fields are quoted where RFC 4180 asks for it, and a quote is doubled",
        arguments: [
            ("plain text", "plain text"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""), ("\n", "\"\n\""), ("", ""),
        ])
    func quoting(text: String, field: String) {
        #expect(Array(ComparisonReport.csvField(text).utf8) == Array(field.utf8))
    }

    @Test(
        "Decimals follow the uncertainty",
        arguments: [(0.0123, 3), (0.098, 3), (0.0999, 3), (0.35, 2), (2.0, 1), (15, 0), (115, 0), (0, 4), (1e-12, 6)])
    func decimals(uncertainty: Double, expected: Int) {
        #expect(NumberFormat.decimals(uncertainty: uncertainty) == expected)
    }
}
