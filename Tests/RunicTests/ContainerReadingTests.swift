import Foundation
import RunicTesting
import Runic
import Testing

@Suite("Files of other kinds than a model's texts")
struct ContainerReadingTests {
    private let scratch: TemporaryFolder
    private let lines = (0..<300).map { "Line \($0), a café in \($0 * 7 % 31) words." }

    init() throws { scratch = try TemporaryFolder() }

    private var plain: String { lines.map { $0 + "\n" }.joined() }

    private func model(_ stages: [StageDescription], _ text: [UInt8]) throws -> TextModel {
        var options = tinyOptions(try scratch.write(text, to: "train"))
        options.pipeline = try options.pipeline.replacingContainer(by: stages)
        return try TextModel(path: try TrainingRun(options: options, out: scratch.file("run")).run().bestPath)
    }

    private func evaluate(
        _ model: TextModel, _ content: [UInt8], container: [StageDescription]? = nil
    ) throws -> (nats: Double?, remarks: [String]) {
        let path = try scratch.write(content, to: "held-out")
        var remarks: [String] = []
        let report = try model.evaluate(TextSource(paths: [path]), container: container) { files in
            remarks = files.flatMap(\.remarks)
        }
        return (report.natsPerSymbol, remarks)
    }

    @Test("a model of a table measures plain text as the same text in a table")
    func table() throws {
        let rows = "id,text\n" + lines.enumerated().map { "\($0.offset),\"\($0.element)\"\n" }.joined()
        let stage = StageDescription(name: "fields", options: ["column": "text"])
        let model = try model([stage], bytes(rows))
        let inTable = try evaluate(model, bytes(rows))
        let alone = try evaluate(model, bytes(plain))
        #expect(inTable.nats != nil && inTable.nats == alone.nats)
        #expect(inTable.remarks == ["read as csv with text, like the model's texts"])
        #expect(alone.remarks.first?.hasPrefix("read as plain text") == true)
        #expect(try evaluate(model, bytes(rows), container: []).nats != inTable.nats)
        #expect(try evaluate(model, bytes(rows), container: [stage]).nats == inTable.nats)
        let lines = lines.map { #"{"t":"\#($0)"}"# + "\n" }.joined()
        let json = StageDescription(name: "fields", options: ["format": "jsonl", "key": "t"])
        #expect(try evaluate(model, bytes(lines), container: [json]).nats == inTable.nats)
    }

    @Test("a model of another encoding measures UTF-8, and one of UTF-8 another encoding")
    func encodings() throws {
        let legacy = try #require(plain.data(using: .windowsCP1252)).map { $0 }
        let stage = StageDescription(name: "decode", options: ["encoding": "windows-1252"])
        let made = try model([stage], legacy)
        let own = try evaluate(made, legacy)
        let other = try evaluate(made, bytes(plain))
        #expect(own.nats != nil && own.nats == other.nats)
        try FileManager.default.removeItem(atPath: scratch.file("run"))
        let standard = try model([], bytes(plain))
        #expect(try evaluate(standard, legacy, container: [stage]).nats == evaluate(standard, bytes(plain)).nats)
        #expect(throws: RunicError.self) { try evaluate(standard, legacy) }
    }

    @Test("a model and a run of version 0.1.0 read files one behind the other, a new one takes them apart")
    func files() throws {
        let old = try JSONDecoder().decode(
            TrainingOptions.self,
            from: Data(
                String(decoding: try JSONEncoder().encode(TrainingOptions(texts: ["x"])), as: UTF8.self)
                    .replacing("\"files\":\"separate\",", with: "").replacing(",\"files\":\"separate\"", with: "").utf8)
        )
        #expect(old.files == nil && TrainingOptions(texts: ["x"]).files == .separate)
        #expect(!String(decoding: try JSONEncoder().encode(old), as: UTF8.self).contains("\"files\""))
        let model = try model([], bytes(plain + plain))
        let (first, second) = (try scratch.write("A café", to: "1"), try scratch.write("Line 7\n", to: "2"))
        let apart = try model.evaluate(TextSource(paths: [first, second]))
        #expect(apart.symbols == 6 + 1 + 7 && apart.bytes == 7 + 7)
    }

    @Test("tunes are documents of their own")
    func tunes() throws {
        let tunes = (0..<120).map { "X:\($0)\nT:Tune \($0)\nK:C\nabc d\($0 % 7)|\n\n" }.joined()
        let model = try model([StageDescription(name: "abc")], bytes(tunes))
        #expect(model.trainingNote?.options.training.documentSeparator == "\n\n")
        try FileManager.default.removeItem(atPath: scratch.file("run"))
        let joined = try self.model(
            [StageDescription(name: "abc", options: ["documents": "join"])], bytes(tunes))
        #expect(joined.trainingNote?.options.training.documentSeparator == nil)
    }
}
