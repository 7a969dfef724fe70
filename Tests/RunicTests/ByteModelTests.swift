import Foundation
import RunicSampling
import RunicTesting
import Testing

@testable import Runic
@testable import RunicText

@Suite("A model of bytes")
struct ByteModelTests {
    private let scratch: TemporaryFolder

    init() throws { scratch = try TemporaryFolder() }

    private static let text = String(repeating: "“Égalité — naïve café”, 한국어 🦊 çà et là.\n", count: 60)
    private static let raw = (0..<3_000).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + $0 / 3) }

    private func trained(
        _ bytes: [UInt8], _ description: PipelineDescription = .bytes(), in name: String = "run"
    ) throws -> TextModel {
        var options = tinyOptions(try scratch.write(bytes, to: "text"))
        options.pipeline = description
        return try TextModel(path: TrainingRun(options: options, out: scratch.file(name)).run().bestPath)
    }

    private func samples(_ model: TextModel, prompt: [UInt8] = [], length: Int = 300) throws -> [[UInt8]] {
        try (UInt64(1)..<5).map { seed in
            var sampler = try model.makeSampler(SamplerSettings(temperature: 5, seed: seed))
            var context = model.start()
            try model.read(bytes: prompt, into: &context)
            return (0..<length).flatMap { _ in model.next(&context, sampler: &sampler) }
        }
    }

    @Test("of text in UTF-8 writes UTF-8 at any temperature, in whole characters", arguments: [true, false])
    func keeps(readsText: Bool) throws {
        var model = try trained(bytes(Self.text), readsText ? PipelineDescription(unit: .byte) : .bytes())
        #expect(model.keepsUTF8)
        let found = try samples(model)
        #expect(found.allSatisfy { String(validating: $0, as: UTF8.self) != nil })
        #expect(found.contains { $0.contains { $0 >= 0xE0 } })
        let streams = try TextStreams(
            model, from: model.start(),
            samplers: (UInt64(1)..<4).map { try model.makeSampler(SamplerSettings(temperature: 5, seed: $0)) })
        var texts = [[UInt8]](repeating: [], count: 3)
        for _ in 0..<200 {
            streams.next()
            for index in 0..<3 { texts[index] += streams.bytes(ofStream: index) }
        }
        #expect(texts.allSatisfy { String(validating: $0, as: UTF8.self) != nil })
        model.keepsUTF8 = false
        #expect(try samples(model).contains { String(validating: $0, as: UTF8.self) == nil })
        #expect(try samples(model).allSatisfy { $0.count == 300 })
    }

    @Test("completes a character in which its prompt ends, and writes only what the prompt lacks")
    func completes() throws {
        let model = try trained(bytes(Self.text))
        for prompt in [[0xE2, 0x80], [0x61, 0xF0, 0x9F], [0xC3], [0xE2]] as [[UInt8]] {
            for sample in try samples(model, prompt: prompt, length: 40) {
                #expect(String(validating: prompt + sample, as: UTF8.self) != nil, "\(prompt): \(sample)")
                #expect((0x80...0xBF).contains(try #require(sample.first)))
            }
        }
        // A prompt that is not UTF-8 is followed by characters.
        for sample in try samples(model, prompt: [0xA9, 0xA9], length: 40) {
            #expect(String(validating: sample, as: UTF8.self) != nil)
        }
    }

    @Test("of bytes that are no text reads and writes all of them, and takes a prompt of any")
    func raw() throws {
        let model = try trained(Self.raw)
        #expect(!model.keepsUTF8 && model.canKeepUTF8)
        var context = model.start()
        let report = try model.read(bytes: [0xFF, 0x00, 0xC3], into: &context)
        #expect(report.symbols == 3 && report.unknown == 0)
        #expect(try samples(model).allSatisfy { $0.count == 300 })
        let source = try TextSource(paths: [scratch.write(Self.raw, to: "other")], readsBytes: true)
        let loss = try model.evaluate(source)
        #expect(loss.symbols == Self.raw.count && loss.unknownSymbols == 0 && loss.bytes == Self.raw.count)
        var kept = model
        kept.keepsUTF8 = true
        #expect(try samples(kept).allSatisfy { String(validating: $0, as: UTF8.self) != nil })
    }

    @Test("stops before bytes that are no text, and names them where they cannot come")
    func stops() throws {
        let model = try trained(Self.raw)
        var stop = model.stopText(bytes: [[0xFF, 0xC3]])
        #expect(stop.problems.isEmpty)
        #expect(stop.add([0x41]) + stop.add([0xFF]) + stop.add([0xC3]) == [0x41] && stop.isFound)
        let text = try trained(bytes(Self.text), in: "other")
        #expect(
            try #require(text.stopText(bytes: [[0xFF]]).problems.first).contains(#"the stop text "\xFF" never stops"#))
    }

    @Test("of version 0.1.0 writes single bytes as it did")
    func old() throws {
        let archive = try Archive.read(path: trained(bytes(Self.text), PipelineDescription(unit: .byte)).manifest.path)
        var old = archive
        let json = try #require(archive.metadata["vocabulary"])
        #expect(json.contains(#""utf8""#))
        old.metadata["vocabulary"] = json.replacing(#/,?\s*"utf8"\s*:\s*true/#, with: "")
        let model = try TextModel(archive: old)
        #expect(!model.keepsUTF8)
        #expect(try samples(model).allSatisfy { $0.count == 300 })
    }

    @Test("a vocabulary that lacks the bytes that would follow cannot begin such a character, and may have none at all")
    func gaps() throws {
        func bytes(_ bytes: [UInt8]) throws -> CharacterBytes? {
            CharacterBytes(
                try Vocabulary(unit: .byte, symbols: bytes.map { Symbol([$0]) }, unknown: nil), isOfBytes: true)
        }
        // 0xE0 needs A0 to BF, 0xED 80 to 9F, 0xF4 80 to 8F; ids are not sorted after a vocabulary has grown.
        let found = try #require(try bytes([0x41, 0xE0, 0xED, 0xF4, 0xC3, 0x85, 0xFF, 0xC1]))
        #expect(found.neverFirst == [1, 5, 6, 7])
        #expect(found.identifiers(in: 0x80...0x9F) == [5] && found.identifiers(in: 0xA0...0xBF) == [])
        #expect(try bytes([0x80, 0xC3]) != nil)
        #expect(try bytes([0x41, 0xC3])?.neverFirst == [1])
        #expect(try bytes([0x80, 0xFF]) == nil)
        #expect(try bytes([]) == nil)
    }
}
