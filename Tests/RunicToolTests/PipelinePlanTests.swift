import Testing

import RunicText

@testable import RunicTool

@Suite("Stages as a person writes them")
struct PipelinePlanTests {
    @Test(
        "a stage is its name, and options after a colon",
        arguments: [
            ("strip", "strip", [:]), ("fields:column=Q+A", "fields", ["column": "Q+A"]),
            ("a-b2:x=1,long-name=two", "a-b2", ["x": "1", "long-name": "two"]),
            (#"replace:from=a, b,to=c\,d=e\n"#, "replace", ["from": "a, b", "to": #"c,d=e\n"#]),
            ("x:a=1,2,3=4,b==,c=", "x", ["a": "1,2,3=4", "b": "=", "c": ""]),
            (#"x:a=\\,b=\"#, "x", ["a": #"\\"#, "b": #"\"#]),
            ("x:a=y:z", "x", ["a": "y:z"]),
        ] as [(String, String, [String: String])])
    func parses(text: String, name: String, options: [String: String]) throws {
        #expect(try StageDescription(parsing: text) == StageDescription(name: name, options: options))
    }

    @Test(
        "anything that is not a stage is refused",
        arguments: ["", ":a=b", "x:", "x:a", "x:1=2", "a b:c=d", "x:a=1,a=2", "x: a=b", "x:=1"])
    func refuses(text: String) {
        let error = #expect(throws: TextError.self) { try StageDescription(parsing: text) }
        #expect(error?.description.hasPrefix("stage '\(text)': ") == true)
        #expect(error?.description.hasSuffix("; write name, or name:option=value,option=value") == true)
    }

    private func names(_ plan: PipelinePlan) -> [String] { plan.description.stages.map(\.name) }

    @Test("stages that are there once change in place, others go before normalize in their order")
    func places() throws {
        var plan = PipelinePlan()
        for text in [
            "fields:column=1", "decode:errors=replace", "strip", "normalize:form=none", "segment:unit=byte", "strip",
            "newlines:to=lf,unicode=true",
        ] {
            try plan.apply(StageDescription(parsing: text), by: "--stage \(text)")
        }
        #expect(names(plan) == ["decode", "newlines", "fields", "strip", "strip", "normalize", "segment"])
        #expect(plan.description.stages[0].options == ["errors": "replace"])
        #expect(plan.description.stages[1].options == ["to": "lf", "unicode": "true"])
        #expect(plan.description.stages[2].options == ["column": "1"])
        #expect(plan.description.stages[6].options == ["unit": "byte"])
        #expect(try TextPipeline(plan.description).unit == .byte)
    }

    @Test("a stage that a pipeline lacks is put where it belongs")
    func lacking() throws {
        let segment = StageDescription(name: "segment")
        var plan = PipelinePlan(PipelineDescription(stages: [StageDescription(name: "spaces"), segment]))
        for text in ["newlines:to=lf", "normalize:form=nfd", "decode:bom=keep", "strip"] {
            try plan.apply(StageDescription(parsing: text), by: text)
        }
        #expect(names(plan) == ["decode", "newlines", "spaces", "strip", "normalize", "segment"])
    }

    @Test("wishes that contradict each other are named, the same ones are not")
    func contradictions() throws {
        var plan = PipelinePlan()
        try plan.set("segment", "unit", to: "byte", by: "--unit byte")
        try plan.apply(StageDescription(parsing: "segment:unit=byte"), by: "--stage segment:unit=byte")
        let error = #expect(throws: TextError.self) {
            try plan.apply(StageDescription(parsing: "segment:unit=grapheme"), by: "--stage segment:unit=grapheme")
        }
        #expect(
            error?.description == "--stage segment:unit=byte and --stage segment:unit=grapheme contradict each other: "
                + "segment has one unit; leave out one")
    }

    @Test(
        "bytes are read as they are unless something needs text",
        arguments: [
            ([], true, "keep"), (["normalize:form=none"], true, "keep"), (["newlines:to=lf"], true, "lf"),
            (["decode:encoding=bytes"], true, "keep"), (["normalize:form=nfc"], false, "lf"),
            (["decode:errors=replace"], false, "lf"), (["decode:encoding=auto"], false, "lf"),
            (["strip"], false, "lf"), (["newlines:to=lf,unicode=true"], false, "lf"),
        ] as [([String], Bool, String)])
    func bytes(stages: [String], readsBytes: Bool, newlines: String) throws {
        var plan = PipelinePlan()
        try plan.set("segment", "unit", to: "byte", by: "--unit byte")
        for stage in stages { try plan.apply(StageDescription(parsing: stage), by: stage) }
        plan.readBytesIfPossible()
        #expect(try TextPipeline(plan.description).readsBytes == readsBytes)
        #expect(plan.description.stages.first { $0.name == "newlines" }?.options["to"] == newlines)
        if readsBytes { #expect(plan.description == .bytes(newlines: try #require(NewlineRule(rawValue: newlines)))) }
        var other = PipelinePlan()
        for stage in stages where stage != "decode:encoding=bytes" {
            try other.apply(StageDescription(parsing: stage), by: stage)
        }
        let before = other.description
        other.readBytesIfPossible()
        #expect(other.description == before)
    }

    @Test("options of the vocabulary are no stage")
    func vocabulary() throws {
        var plan = PipelinePlan()
        try plan.apply(StageDescription(parsing: "vocabulary:min-count=7"), by: "x")
        #expect(plan.vocabulary.minimumCount == 7)
        #expect(plan.description == PipelineDescription())
        for text in ["vocabulary:min-count=0", "vocabulary:colour=red", "vocabulary:min-count=8"] {
            #expect(throws: TextError.self) { try plan.apply(StageDescription(parsing: text), by: "y") }
        }
    }

    @Test("every stage says in a few lines what it does, and names its options")
    func summaries() {
        let summaries = StageRegistry.builtIn.summaries
        #expect(summaries.map(\.name) == StageRegistry.builtIn.names + ["segment", "vocabulary"])
        for (name, summary) in summaries {
            #expect((20...420).contains(summary.count), "\(name): \(summary.count)")
            #expect(summary.contains("=") || summary.hasSuffix("no options"), "\(name)")
        }
    }
}
