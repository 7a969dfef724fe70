import Foundation

@testable import RunicText

/// Stages as they are typed and as archives hold them, over any text.
enum StageTargets {
    /// Lines with a typed stage each, an empty line, and the text.
    @Sendable static func checkTyped(_ input: [UInt8]) throws {
        var rest = input
        var stages: [StageDescription] = []
        while !rest.isEmpty {
            let (line, after) = rest.halves(at: UInt8(ascii: "\n"))
            rest = after
            if line.isEmpty { break }
            guard var stage = try? StageDescription(parsing: String(decoding: line, as: UTF8.self)) else { return }
            if stages.count == 3 { stage.escapeTexts() }
            stages.append(stage)
        }
        if stages.last?.name != "segment" { stages.append(StageDescription(name: "segment")) }
        try check(stages, rest)
    }

    /// The JSON of an archive up to the first NUL, and the text.
    @Sendable static func checkStored(_ input: [UInt8]) throws {
        let (json, text) = input.halves(at: 0)
        guard let description = try? JSONDecoder().decode(PipelineDescription.self, from: Data(json)) else { return }
        let again = try JSONDecoder().decode(PipelineDescription.self, from: JSONEncoder().encode(description))
        try claim(again == description, "another pipeline after writing")
        try check(description.stages, text)
    }

    /// A line of the options of `fields`, such as `format=csv,column=Q+A`, and the file.
    @Sendable static func checkRecords(_ input: [UInt8]) throws { try check("fields:", input) }

    /// A line with a stage for marked-up texts, and the file.
    @Sendable static func checkMarkup(_ input: [UInt8]) throws { try check("", input) }

    /// A line of the options of `decode`, and the file.
    @Sendable static func checkDecode(_ input: [UInt8]) throws { try check("decode:", input) }

    private static func check(_ prefix: String, _ input: [UInt8]) throws {
        let (line, text) = input.halves(at: UInt8(ascii: "\n"))
        guard let stage = try? StageDescription(parsing: prefix + String(decoding: line, as: UTF8.self)),
            stage.name != "segment"
        else { return }
        let decode = stage.name == "decode" ? [] : [StageDescription(name: "decode", options: ["errors": "replace"])]
        try check(decode + [stage, StageDescription(name: "segment")], text)
    }

    /// Checks a text in a file, whole and cut, and in memory.
    private static func check(_ stages: [StageDescription], _ text: [UInt8]) throws {
        guard let pipeline = try? TextPipeline(PipelineDescription(stages: stages)) else { return }
        let written = try JSONDecoder().decode(
            PipelineDescription.self, from: JSONEncoder().encode(pipeline.description))
        let again = try TextPipeline(written)
        try claim(again.description == pipeline.description, "another pipeline after writing")
        for pipeline in [pipeline, pipeline.adaptingToFiles] {
            let whole = outcome(pipeline, text, chunk: max(1, text.count))
            for size in [1, 7] where size < text.count {
                let cut = outcome(pipeline, text, chunk: size)
                try claim(cut.error == whole.error, "in chunks of \(size): \(cut.error), whole: \(whole.error)")
                guard whole.error.isEmpty else { continue }
                try claim(
                    cut.text == whole.text, "in chunks of \(size): \(cut.text.quoted), whole: \(whole.text.quoted)")
            }
        }
        guard let staged = try? pipeline.transform(text), let symbols = try? pipeline.symbols(of: text) else { return }
        try claim(symbols.allSatisfy { !$0.bytes.isEmpty }, "an empty symbol")
        try claim(symbols.flatMap(\.bytes) == staged, "the symbols are not the text: \(staged.quoted)")
    }

    /// What a file becomes, read in chunks of so many bytes; or the error.
    private static func outcome(_ pipeline: TextPipeline, _ text: [UInt8], chunk: Int) -> (text: [UInt8], error: String)
    {
        var result: [UInt8] = []
        do {
            var run = try pipeline.makeRun(StageContext(path: "file"), recordsEdits: chunk == 1)
            for start in stride(from: 0, to: text.count, by: chunk) {
                try run.process(Array(text[start..<min(start + chunk, text.count)]).span)
                result += run.output
            }
            try run.finish()
            return (result + run.output, "")
        } catch {
            return (result, error.description)
        }
    }
}
