import Foundation
import Testing

@testable import RunicPage
@testable import RunicStudy

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Plots, tables and pages of numbers")
struct PlotTests {
    private func wellFormed(_ markup: String) throws {
        let parser = XMLParser(data: Data(markup.utf8))
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    }

    /// One of each landmark in the right order, and headings that leave out no level.
    private func checkLandmarks(_ page: String) throws {
        for name in ["header", "main", "footer", "h1"] {
            #expect(page.components(separatedBy: "<\(name)>").count == 2, "\(name)")
        }
        let levels = page.matches(of: /<h([1-6])/).compactMap { Int($0.1) }
        for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1, "h\(next) after h\(level)") }
        let places = try ["<header>", "<main>", "</main>", "<footer>"].map {
            try #require(page.range(of: $0)).lowerBound
        }
        #expect(places == places.sorted())
    }

    private var gradients: GradientReport {
        var gradient = StateGradient(), cell = StateGradient()
        gradient.hidden = [0.5, 0.05, 5e-7]
        cell.hidden = [2, 400]
        (cell.hiddenByCell, cell.cell) = ([0.5, 0.25, 0.125], [1, 1, 1])
        var report = GradientReport(steps: 3)
        report.series = [
            GradientReport.Series(cell: "rnn", note: "as it starts", hiddenSize: 8, gradient: gradient),
            GradientReport.Series(cell: "lstm", note: "a,b<i>", hiddenSize: 300, gradient: cell),
        ]
        return report
    }

    @Test("A report of gradients as a table and as numbers")
    func gradientReport() throws {
        #expect(
            gradients.rows == [
                ["cell", "start or model", "k = 1", "k = 3", "above 1e-6 for"],
                ["rnn", "as it starts", "0.50", "5.0e-7", "2 steps"],
                ["lstm", "a,b<i>", "2.00", "too large", "all"],
            ])
        #expect(
            gradients.csv.split(separator: "\r\n") == [
                "cell,start,k,dh_dh,dh_dc,dc_dc", "rnn,as it starts,1,0.5,,", "rnn,as it starts,2,0.05,,",
                "rnn,as it starts,3,5e-07,,", "lstm,\"a,b<i>\",1,2.0,0.5,1.0", "lstm,\"a,b<i>\",2,400.0,0.25,1.0",
                "lstm,\"a,b<i>\",3,,0.125,1.0",
            ])
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(gradients)) as? [String: Any]
        let series = try #require(json?["series"] as? [[String: Any]])
        #expect((series[1]["gradient"] as? [String: Any])?["dc_dc"] as? [Double] == [1, 1, 1])
        #expect(series[1]["hidden_size"] as? Int == 300)
        #expect([0, 1e-9, 0.0123, 1.5, 123_456].map(GradientReport.short) == ["0", "1.0e-9", "0.01", "1.50", "1.2e5"])
    }

    @Test("A page of gradients has a plot for each derivative, and fetches nothing")
    func gradientPage() throws {
        let page = GradientPage(gradients).text
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("default-src 'none'") && !page.contains("src="))
        #expect(page.components(separatedBy: "<figure").count == 4 && page.components(separatedBy: "</svg>").count == 4)
        #expect(page.contains("lstm, a,b&lt;i&gt;") && !page.contains("b<i>"))
        #expect(page.contains("random orthonormal directions") || page.contains("random \northonormal"))
        for plot in GradientPage(gradients).plots { try wellFormed(plot.markup(0)) }
        try checkLandmarks(page)
    }

    private var memory: MemoryReport {
        var settings = MemorySettings()
        settings.hidden = 16
        var report = MemoryReport(task: "copy", settings: settings)
        func run(_ cell: String, _ rate: Double, solvedAt: Int?, loss: Double, recalled: Double) -> MemoryResult {
            var run = MemoryResult(
                task: "copy", cell: cell, lag: 100, seed: 1, learningRate: rate, parameters: 9, baseline: 0.17329)
            (run.updates, run.seconds, run.solvedAt) = (100, 2.4, solvedAt)
            run.curve = [
                MemoryResult.Point(update: 50, loss: 0.2, recalled: 0.1),
                MemoryResult.Point(update: 100, loss: loss, recalled: recalled),
            ]
            return run
        }
        report.runs = [
            run("lstm", 0.01, solvedAt: nil, loss: 0.001, recalled: 0.98),
            run("lstm", 0.001, solvedAt: 100, loss: 0.002, recalled: 1),
            run("rnn", 0.01, solvedAt: nil, loss: 0.18, recalled: 0.12),
            run("rnn", 0.001, solvedAt: nil, loss: 0.19, recalled: 0.12),
        ]
        return report
    }

    @Test("A report of memory shows the best rate of each cell, and keeps all runs")
    func memoryReport() throws {
        #expect(
            memory.rows == [
                ["cell", "lag", "seed", "rate", "loss", "no memory", "recalled", "solved at", "updates", "seconds"],
                ["lstm", "100", "1", "0.001", "0.00200", "0.17329", "1.000", "100", "100", "2"],
                ["rnn", "100", "1", "0.01", "0.18000", "0.17329", "0.120", "not solved", "100", "2"],
            ])
        let csv = memory.csv.split(separator: "\r\n")
        #expect(csv.count == 9 && csv[0] == "task,cell,lag,seed,learning_rate,update,loss,recalled")
        #expect(csv[4] == "copy,lstm,100,1,0.001,100,0.002,1.0")
        let read = try JSONDecoder().decode(MemoryReport.self, from: JSONEncoder().encode(memory))
        #expect(read.runs == memory.runs && read.rows == memory.rows)
    }

    @Test("A page of memory has a plot for each lag with the loss that needs no memory")
    func memoryPage() throws {
        let page = MemoryPage(memory).text
        #expect(page.contains("The copy task, lag 100") && page.contains("without memory") && !page.contains("src="))
        #expect(page.contains("rnn, seed 1, rate 0.01: not solved") && page.contains("lstm, seed 1, rate 0.001<"))
        #expect(page.components(separatedBy: "<figure").count == 2)
        for plot in MemoryPage(memory).plots { try wellFormed(plot.markup(0)) }
        try checkLandmarks(page)
    }
}
