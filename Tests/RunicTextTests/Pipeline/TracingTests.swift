import RunicTesting
import Testing

@testable import RunicText

struct TracingTests {
    private func pipeline(_ form: NormalizationForm, newlines: NewlineRule = .keep) throws -> TextPipeline {
        try TextPipeline(PipelineDescription(normalization: form, newlines: newlines, repair: true))
    }

    @Test("symbols made of several bytes, of no bytes of their own, or of repaired ones are traced")
    func known() throws {
        let text = [0xEF, 0xBB, 0xBF] + bytes("a\r\ne\u{301}\u{FB01}") + [0xFF] + bytes("\u{1E9B}\u{323}.")
        let found = try pipeline(.nfkc, newlines: .lf).trace(text)
        #expect(
            found == [
                TracedSymbol(symbol: Symbol(bytes("a")), range: 3..<4),
                TracedSymbol(symbol: Symbol(bytes("\n")), range: 4..<5),
                TracedSymbol(symbol: Symbol(bytes("\u{E9}")), range: 6..<9),
                TracedSymbol(symbol: Symbol(bytes("f")), range: 9..<12),
                TracedSymbol(symbol: Symbol(bytes("i")), range: 9..<12),
                TracedSymbol(symbol: Symbol(bytes("\u{FFFD}")), range: 12..<13),
                TracedSymbol(symbol: Symbol(bytes("\u{1E69}")), range: 13..<18),
                TracedSymbol(symbol: Symbol(bytes(".")), range: 18..<19),
            ])
    }

    @Test("normalising the bytes of a symbol gives the symbol, for random texts in all forms")
    func randomTexts() throws {
        var generator = Generator(state: 11)
        let pool: [Range<Int>] = [
            0x20..<0x7F, 0xC0..<0x180, 0x300..<0x330, 0x900..<0x980, 0x1100..<0x1180, 0xAC00..<0xAC40, 0x1E00..<0x1F00,
            0xFB00..<0xFB07, 0x1F1E6..<0x1F200, 0x1F466..<0x1F46A, 0x200D..<0x200E,
        ]
        for round in 0..<1000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<(1 + generator.next(below: 40)) {
                let range = pool[generator.next(below: pool.count)]
                if let scalar = Unicode.Scalar(UInt32(range.lowerBound + generator.next(below: range.count))) {
                    scalars.append(scalar)
                }
            }
            let text = bytes(String(scalars))
            let form = normalForms[round % normalForms.count]
            let found = try pipeline(form).trace(text)
            #expect(found.map(\.symbol) == (try pipeline(form).symbols(of: text)))
            var reached = 0
            for traced in found {
                let made = wholeNormal(form, Array(text[traced.range]))
                let symbol = traced.symbol.bytes
                let isThere = (0...max(0, made.count - symbol.count)).contains {
                    made.dropFirst($0).starts(with: symbol)
                }
                // What NFKC_Casefold ignores belongs to no symbol.
                let leavesGap = traced.range.lowerBound > reached && form != .nfkcCasefold
                if !isThere || traced.range.isEmpty || leavesGap {
                    Issue.record("\(form): \(scalars.map(\.value)) at \(traced.range)")
                }
                reached = max(reached, traced.range.upperBound)
            }
            if form != .nfkcCasefold { #expect(reached == text.count) }
        }
    }

    @Test("some symbols of a file are traced as all of them are, also far into the file")
    func files() throws {
        let folder = try TemporaryFolder()
        let text = Array(repeatElement(bytes("e\u{301}a\r\n\u{1F468}\u{200D}\u{1F469} "), count: 20_000).joined())
        let path = try folder.write(text, to: "long.txt")
        let pipeline = try pipeline(.nfc, newlines: .lf)
        let all = try pipeline.trace(text)
        #expect(all.count == 100_000)
        #expect(try pipeline.trace(TextFile(path: path), symbols: 70_000..<70_010) == Array(all[70_000..<70_010]))
        #expect(try pipeline.trace(TextFile(path: path), symbols: 0..<3) == Array(all.prefix(3)))
    }

    @Test("a stage that does not account for its input is named")
    func unaccounted() throws {
        struct Silent: TextStage {
            func process(_ input: Span<UInt8>, into output: inout StageOutput) { output.drop(input.count - 1) }
            func finish(into output: inout StageOutput) {}
        }
        var registry = StageRegistry.builtIn
        registry.register(StageDefinition(name: "silent") { _, _ in Silent() })
        let description = PipelineDescription(stages: [
            StageDescription(name: "silent"), StageDescription(name: "segment"),
        ])
        let pipeline = try TextPipeline(description, registry: registry)
        #expect(
            throws: TextError.stageFailed(
                name: "silent", path: "", reason: "it accounted for 2 of 3 bytes of its input")
        ) { try pipeline.transform(bytes("abc")) }
    }
}
