import RunicTesting
import Testing

@testable import RunicText

@Suite("A pipeline from a file")
struct PipelineLimitTests {
    private func pipeline(_ stages: [StageDescription]) throws(TextError) -> TextPipeline {
        try TextPipeline(PipelineDescription(stages: stages + [StageDescription(name: "segment")]))
    }

    private func transliterate(_ options: [String: String]) -> StageDescription {
        StageDescription(name: "transliterate", options: options)
    }

    private func replace(_ pattern: String, _ replacement: String) -> StageDescription {
        StageDescription(name: "replace", options: ["pattern": pattern, "with": replacement])
    }

    /// The message of the refusal, which must be one short line.
    private func refusal(_ stages: [StageDescription], sourceLocation: SourceLocation = #_sourceLocation) -> String {
        do throws(TextError) {
            _ = try pipeline(stages)
            Issue.record("accepted", sourceLocation: sourceLocation)
            return ""
        } catch {
            #expect(error.description.utf8.count < 400, sourceLocation: sourceLocation)
            return error.description
        }
    }

    @Test("has a limit on stages, on each option and on all options together")
    func sizes() throws {
        let stage = replace("a", "b")
        #expect(
            refusal(Array(repeating: stage, count: 64))
                == "the pipeline is too large: it has 65 stages; the limit is 64")
        #expect(
            refusal([replace("a", String(repeating: "x", count: 65_537))])
                == "the pipeline is too large: an option of the stage 'replace' has 65537 bytes; the limit is 65536")
        let long = replace("a", String(repeating: "x", count: 65_000))
        #expect(refusal(Array(repeating: long, count: 5)).contains("the options of its stages have"))
        _ = try pipeline(Array(repeating: stage, count: 63))
        _ = try pipeline([long])
    }

    @Test("has a limit on what ICU prepares: properties, sets, groups and transforms")
    func parts() throws {
        #expect(refusal([replace(String(repeating: #"\p{L}"#, count: 257), "")]).contains("257 properties"))
        #expect(refusal([replace(String(repeating: "(", count: 513), "")]).contains("513 groups and sets"))
        #expect(refusal([replace("(.)", String(repeating: "$1", count: 1_001))]).contains("at most 1000 groups"))
        let chain = Array(repeating: "NFD;NFC", count: 17).joined(separator: ";")
        #expect(refusal([transliterate(["id": chain]), transliterate(["id": chain])]).contains("68 transforms"))
        #expect(refusal([transliterate(["id": String(repeating: " ", count: 1_025)])]).contains("at most 1024 bytes"))
        let calls = String(repeating: ":: NFD; ", count: 65)
        #expect(refusal([transliterate(["rules": calls])]).contains("65 transforms"))
        _ = try pipeline([transliterate(["id": "NFD; [:Mn:] Remove; NFC"]), transliterate(["rules": ":: NFD; a > b;"])])
    }

    @Test("has a limit on how deep the brackets of rules are", arguments: ["(", "[", "a > &b("])
    func depth(bracket: String) {
        #expect(refusal([transliterate(["rules": String(repeating: bracket, count: 60)])]).contains("32 deep"))
    }

    @Test(
        "has a limit on what the variables of rules stand for, wherever characters are quoted",
        arguments: [
            "$NEXT = $LAST $LAST $LAST $LAST $LAST $LAST $LAST $LAST;",
            "$NEXT='[;'$LAST$LAST$LAST$LAST$LAST$LAST$LAST$LAST;",
            "$NEXT=\\'$LAST$LAST$LAST$LAST$LAST$LAST$LAST$LAST\\';",
            "$NEXT=$LAST–$LAST–$LAST–$LAST–$LAST–$LAST–$LAST–$LAST;",
            "# it's a remark\n$NEXT=['{]};]$LAST$LAST$LAST$LAST$LAST$LAST$LAST$LAST;",
        ])
    func expansion(definition: String) {
        var rules = "$v0 = aaaaaaaa;"
        for index in 1...8 {
            rules += definition.replacing("NEXT", with: "v\(index)").replacing("LAST", with: "v\(index - 1)")
        }
        #expect(refusal([transliterate(["rules": rules + "$v8 > b;"])]).contains("with their variables replaced"))
    }

    @Test("may have variables, sets, contexts and quotation marks as linguists use them")
    func usual() throws {
        let rules = """
            # Vowels, and what they become
            $vowel = [aeiouäöü]; $front = [ei]; $letter = [[:L:] - [:Lu:]];
            $both = [$vowel $front];
            c } $front > s;
            { k } $both > k';';
            ä > ae; ö > oe; ü > ue; 'it''s' > $both;
            ($letter) x > $1 ks;
            """.replacing("> $both;", with: "> its;")
        let pipeline = try pipeline([transliterate(["rules": rules])])
        #expect(String(decoding: try pipeline.transform(Array("cä it's ax".utf8)), as: UTF8.self) == "cae its aks")
    }

    @Test(
        "may not make a text much longer, in one stage or in several",
        arguments: [
            [(".", String(repeating: "x", count: 60_000))],
            [(".", String(repeating: "x", count: 200)), ("x", String(repeating: "y", count: 200))],
            [("(.*)", String(repeating: "$1", count: 999))],
        ])
    func growth(steps: [(String, String)]) throws {
        let pipeline = try pipeline(steps.map { replace($0, $1) })
        let error = #expect(throws: TextError.self) {
            try pipeline.transform(Array(repeating: UInt8(ascii: "a"), count: 2_000))
        }
        #expect(error?.description.hasPrefix("text: stage 'replace' failed: it makes more than 32 bytes") == true)
    }

    @Test("may not make a text much longer by rules")
    func growingRules() throws {
        let pipeline = try pipeline([transliterate(["rules": "a > \(String(repeating: "b", count: 3_000));"])])
        #expect(throws: TextError.self) { try pipeline.transform(Array(repeating: UInt8(ascii: "a"), count: 60_000)) }
    }

    @Test("may make 30 bytes of one in a text of any length, and a short text longer than that")
    func usualGrowth() throws {
        let names = try pipeline([transliterate(["id": "Any-Name"])])
        let text = Array(String(repeating: "abc\n", count: 100_000).utf8)
        #expect(try names.transform(text).count > 20 * text.count)
        let long = try pipeline([replace("a", String(repeating: "x", count: 50_000))])
        #expect(try long.transform(Array("banana".utf8)).count == 150_003)
    }

    @Test("is stopped if a stage of a program writes without end")
    func ownStage() throws {
        struct Echo: TextStage {
            func process(_ input: Span<UInt8>, into output: inout StageOutput) {
                for _ in 0..<input.count { output.replace(1, with: [UInt8](repeating: 0x61, count: 4_096)) }
            }
            func finish(into output: inout StageOutput) {}
        }
        var registry = StageRegistry.builtIn
        registry.register(StageDefinition(name: "echo") { _, _ in Echo() })
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [StageDescription(name: "echo"), StageDescription(name: "segment")]),
            registry: registry)
        #expect(throws: TextError.self) { try pipeline.transform([UInt8](repeating: 0x62, count: 1 << 20)) }
        #expect(try pipeline.transform([0x62]).count == 4_096)
    }
}
