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

    @Test("A plot is well-formed and holds a path and a name for each line, whatever the names are")
    func svg() throws {
        var plot = LinePlot(
            "a <b> & \"c\"", x: LinePlot.Axis("x", .linear, 0...10), y: LinePlot.Axis("y", .logarithmic, 0.1...10))
        plot.lines = [
            LinePlot.Line(title: "one </svg>", color: 0, dash: 0, points: [(0, 1), (5, 10), (10, 0)]),
            LinePlot.Line(title: "two", color: 8, dash: 5, points: []),
        ]
        plot.levels = [(1, "level & all")]
        let svg = plot.svg
        try wellFormed(svg)
        // 64 to 736 across, 354 up to 34: half way to the side and at the top, then far below.
        #expect(svg.contains("class=\"line c0 d0\" d=\"M64 194L400 34L736 674\""))
        #expect(svg.contains("class=\"line c1 d1\" d=\"\""))
        #expect(svg.components(separatedBy: "one &lt;/svg&gt;").count == 3)
        #expect(svg.contains("level &amp; all") && !svg.contains("<b>"))
        #expect(svg.contains("prefers-color-scheme:dark"))
    }

    @Test("A page's rules are its own file after the common one, without the last line feed")
    func styles() {
        #expect(PageStyle.plots.hasPrefix(PageStyle.common + "\nbody { max-width"))
        #expect(PageStyle.common.hasPrefix(":root {\n") && !PageStyle.plots.hasSuffix("\n"))
        #expect(String(embedded: []).isEmpty && String(embedded: Array("é\n\n".utf8)) == "é\n")
    }
}
