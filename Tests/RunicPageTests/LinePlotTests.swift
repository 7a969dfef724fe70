import Foundation
import Testing

@testable import RunicPage

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Plots and styles")
struct LinePlotTests {
    private func wellFormed(_ markup: String) throws {
        let parser = XMLParser(data: Data(markup.utf8))
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    }

    @Test("A point is where the axes put its value, and clipped points stay outside")
    func places() {
        let log = LinePlot.Axis("", .logarithmic, 0.01...100), linear = LinePlot.Axis("", .linear, 2...4)
        #expect(LinePlot.place(1, log) == 0.5 && LinePlot.place(100, log) == 1 && LinePlot.place(0, log) < 0)
        #expect(LinePlot.place(2.5, linear) == 0.25 && LinePlot.place(5, linear) > 1)
    }

    @Test("Marks are powers of ten or round numbers, and their names are short")
    func marks() {
        let log = LinePlot.Axis("", .logarithmic, 1e-12...20)
        #expect(
            LinePlot.marks(log).map { LinePlot.label($0, log) } == [
                "10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1",
            ])
        let linear = LinePlot.Axis("", .linear, 0...2_600)
        #expect(LinePlot.marks(linear).map { LinePlot.label($0, linear) } == ["0", "1,000", "2,000"])
        let small = LinePlot.Axis("", .linear, 0...0.35)
        #expect(LinePlot.marks(small).map { LinePlot.label($0, small) } == ["0", "0.1", "0.2", "0.3"])
    }

    private var plot: LinePlot {
        var plot = LinePlot(
            "a <b> & \"c\"", x: LinePlot.Axis("x", .linear, 0...10), y: LinePlot.Axis("y", .logarithmic, 0.1...10))
        plot.lines = [
            LinePlot.Line(title: "one </svg>", color: 0, dash: 0, points: [(0, 1), (5, 10), (5.001, 3), (10, 0)]),
            LinePlot.Line(title: "two", color: 8, dash: 5, points: []),
        ]
        plot.levels = [(1, "level & all")]
        plot.note = "read <it>"
        return plot
    }

    @Test("A plot is well-formed and holds a path and a name for each line, whatever the names are")
    func markup() throws {
        let markup = plot.markup(3)
        try wellFormed(markup)
        // A square of 1000: half way up, to the top in the middle, then far below; the point beside another is left out.
        #expect(markup.contains("class=\"line c0 d0\" d=\"M0 500L500 0L1000 2000\""))
        #expect(markup.contains("class=\"line c1 d1\" d=\"\""))
        #expect(markup.components(separatedBy: "one &lt;/svg&gt;").count == 2)
        #expect(markup.contains("level &amp; all") && markup.contains("read &lt;it&gt;") && !markup.contains("<b>"))
        #expect(
            markup.contains("id=\"plot-3-area\" role=\"img\" aria-label=\"a &lt;b&gt; &amp; &quot;c&quot;: y from 0.1"))
    }

    @Test("A page gets the axes and the drawn points of a plot as numbers")
    func numbers() throws {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(plot.numbers.utf8)) as? [String: Any])
        let axis = try #require(json["y"] as? [String: Any])
        #expect(axis["low"] as? Double == 0.1 && axis["high"] as? Double == 10 && axis["log"] as? Bool == true)
        let lines = try #require(json["lines"] as? [[String: Any]])
        #expect(lines.map { $0["x"] as? [Double] } == [[0, 5, 10], []])
        #expect(lines.map { $0["y"] as? [Double] } == [[1, 10, 0], []])
    }

    @Test("Values that are not finite are left out of a line")
    func notFinite() throws {
        let line = LinePlot.Line(
            title: "", color: 0, dash: 0, points: [(0, .nan), (1, 2), (2, .infinity), (.nan, 3), (4, 1e-12)])
        #expect(line.points.map(\.x) == [1, 4])
    }

    @Test("A histogram has steps, and keeps all of them")
    func steps() throws {
        var plot = LinePlot("", x: LinePlot.Axis("", .linear, 0...4), y: LinePlot.Axis("", .linear, 0...10))
        plot.lines = [
            LinePlot.Line(title: "", color: 0, dash: 0, points: [(0, 5), (1, 0), (1.004, 10), (4, 0)], isSteps: true)
        ]
        #expect(plot.markup(0).contains("d=\"M0 1000V500H250V1000H251V0H1000V1000\""))
    }

    @Test("Long marks that would overlap on a narrow page are left out there, every other one")
    func crowded() {
        func between(_ high: Double) -> Int {
            let plot = LinePlot("", x: LinePlot.Axis("", .linear, 0...high), y: LinePlot.Axis("", .linear, 0...1))
            return plot.markup(0).components(separatedBy: "x between").count - 1
        }
        #expect(between(5) == 0)
        #expect(between(5_000_000) == 3)
    }

    @Test("A page of plots holds their numbers and its scripts, and fetches nothing")
    func page() {
        let page = PageDocument.assemble(title: "t", style: "", body: "", plots: [plot, plot])
        #expect(page.contains("default-src 'none'") && page.contains("id=\"data\">[{\"x\":{\"low\":0.0,"))
        #expect(page.components(separatedBy: "\"lines\":").count == 3)
        #expect(page.contains("function tellValues(") && page.contains("forEach(tellPlot)"))
    }

    @Test("A page's rules are its own file after the common one, without the last line feed")
    func styles() {
        #expect(PageStyle.plots.hasPrefix(PageStyle.common + "\nbody { max-width"))
        #expect(PageStyle.common.hasPrefix(":root {\n") && !PageStyle.plots.hasSuffix("\n"))
        #expect(String(embedded: []).isEmpty && String(embedded: Array("é\n\n".utf8)) == "é\n")
    }
}
