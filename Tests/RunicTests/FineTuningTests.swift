import RunicTesting
import Foundation
import Runic
import Testing

@Suite("A run that starts from a model")
struct FineTuningTests {
    private let scratch: TemporaryFolder
    private let model: String
    private let options: TrainingOptions
    /// Another text, with letters that the first one lacks.
    private let poem = String(
        repeating: "Quick zebras jump over the lazy dog, vexing 9 wizards in a boxy ﬁeld.\n", count: 70)

    init() throws {
        scratch = try TemporaryFolder()
        let first = tinyOptions(try scratch.write(nursery, to: "text.txt"))
        _ = try TrainingRun(options: first, out: scratch.path + "/first").run()
        model = scratch.path + "/first/best.runic"
        options = tinyOptions(try scratch.write(poem, to: "poem.txt"))
    }

    private func tensors(_ path: String) throws -> [String: [Float]] {
        try Dictionary(
            uniqueKeysWithValues: Archive.read(path: path).tensors.map {
                ($0.name, $0.elementType == .int8 ? try $0.integers().map(Float.init) : try $0.floats())
            })
    }

    @Test("old symbols keep their ids, new ones follow, and the result is a model like any other")
    func vocabulary() throws {
        let (base, out) = (try TextModel(path: model), scratch.path + "/tuned")
        var changed = options
        // What the model fixes is not asked for.
        (changed.cell, changed.layers, changed.hidden, changed.embedding) = ("gru", 1, 5, 3)
        changed.pipeline = PipelineDescription(unit: .byte, repair: true)
        let summary = try TrainingRun(options: changed, finetuning: base, out: out).run()
        let tuned = try TextModel(path: summary.bestPath)
        #expect(tuned.configuration.cell == "lstm" && tuned.configuration.hiddenSize == 12)
        #expect(tuned.pipeline.unit == .grapheme && tuned.pipeline.description == base.pipeline.description.repairing)
        let old = base.vocabulary.symbols.dropLast()
        #expect(Array(tuned.vocabulary.symbols.prefix(old.count)) == Array(old))
        let new = tuned.vocabulary.symbols.dropFirst(old.count).dropLast().map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
        #expect(Set(new) == Set(poem.map(String.init)).subtracting(nursery.map(String.init)))
        #expect(new == new.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(tuned.vocabulary.unknown == tuned.vocabulary.count - 1)
        #expect(try tuned.generate(prompt: "Quick", length: 20).count >= 20)
        let note = try #require(tuned.trainingNote?.options.finetuning)
        #expect(note.model == base.name && note.configuration == base.configuration && note.vocabulary == nil)
    }

    @Test("the run starts from the model's parameters, not from new ones", arguments: ["f32", "bf16", "int8"])
    func start(precision: String) throws {
        var path = model
        if precision != "f32" {
            path = scratch.path + "/small.runic"
            let smaller = try TextModel(path: model).quantized(to: precision == "int8" ? .int8 : .bfloat16)
            try smaller.archive.write(to: path)
        }
        let base = try TextModel(path: path)
        var still = options
        (still.training.learningRate, still.training.dropout, still.training.epochs) = (1e-12, 0, 1)
        (still.texts, still.training.weightDecay) = ([scratch.path + "/text.txt"], 0)
        let out = scratch.path + "/tuned"
        _ = try TrainingRun(options: still, finetuning: base, out: out).run(shouldStop: { true })
        let (before, after) = (try tensors(path), try tensors(out + "/last.runic"))
        for (name, values) in after {
            let scales = before[name + ".scale"]
            let expected = try #require(before[name])
            for (index, value) in values.enumerated() {
                let scale = scales.map { $0[index / (values.count / $0.count)] } ?? 1
                #expect(abs(value - expected[index] * scale) < 1e-6, "\(name)")
            }
        }
        #expect(try Archive.read(path: out + "/last.runic").tensors.allSatisfy { $0.elementType == .float32 })
    }

    @Test("it is resumed without the model, and ends with the bytes of a run that never was stopped")
    func resumes() throws {
        let (whole, cut) = (scratch.path + "/whole", scratch.path + "/cut")
        _ = try TrainingRun(options: options, finetuning: try TextModel(path: model), out: whole).run()
        var asked = 0
        let first = try TrainingRun(options: options, finetuning: try TextModel(path: model), out: cut).run(
            shouldStop: {
                asked += 1
                return asked == 13
            })
        #expect(first.end == .interrupted)
        try FileManager.default.removeItem(atPath: scratch.path + "/first")
        #expect(try TrainingRun(resuming: cut).run().end == .finished)
        #expect(try tensors(cut + "/last.runic") == tensors(whole + "/last.runic"))
        let (one, other) = (try TextModel(path: cut + "/last.runic"), try TextModel(path: whole + "/last.runic"))
        #expect(one.vocabulary == other.vocabulary)
    }

    @Test("rare new symbols stay unknown")
    func rare() throws {
        var rare = options
        rare.vocabulary.minimumCount = 71
        let out = scratch.path + "/tuned"
        _ = try TrainingRun(options: rare, finetuning: try TextModel(path: model), out: out).run(shouldStop: { true })
        let (before, after) = (
            try TextModel(path: model).vocabulary, try TextModel(path: out + "/last.runic").vocabulary
        )
        let new = Set(after.symbols).subtracting(before.symbols)
        let counts = poem.reduce(into: [Character: Int]()) { $0[$1, default: 0] += 1 }
        let frequent = counts.filter { $0.value > 70 && !nursery.contains($0.key) }.keys
        #expect(frequent.contains("z") && !frequent.contains("Q"))
        #expect(new == Set(frequent.map { Symbol(String($0).utf8) }))
        #expect(after.unknown == after.count - 1)
    }
}
