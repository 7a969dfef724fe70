import RunicTesting
import Foundation
import Runic
import Testing

/// Texts written side by side, through the library as its users see it.
@Suite("Texts side by side")
struct TextStreamsTests {
    private let scratch: TemporaryFolder
    private let path: String

    init() throws {
        scratch = try TemporaryFolder()
        let text = try scratch.write(nursery, to: "text.txt")
        path = try TrainingRun(options: tinyOptions(text), out: scratch.path + "/run").run().bestPath
    }

    @Test("write the same as each alone, also those that start again", arguments: [Precision.float32, .int8])
    func same(precision: Precision) throws {
        let model = try TextModel(path: path, precision: precision)
        func sampler(_ seed: UInt64) throws -> Sampler {
            try model.makeSampler(SamplerSettings(temperature: 0.7, seed: seed))
        }
        func alone(_ seed: UInt64, _ context: TextModel.Context, _ length: Int) throws -> [UInt8] {
            var (context, own) = (context, try sampler(seed))
            return (0..<length).flatMap { _ in model.next(&context, sampler: &own) }
        }
        var context = model.start()
        model.read("the ", into: &context)
        let streams = try TextStreams(model, from: context, samplers: (0..<9).map { try sampler($0) })
        #expect(streams.count == 9 && (0..<9).allSatisfy { streams.bytes(ofStream: $0).isEmpty })
        var texts = [[UInt8]](repeating: [], count: 9)
        func write(_ symbols: Int) {
            for _ in 0..<symbols {
                streams.next()
                for stream in 0..<9 { texts[stream] += streams.bytes(ofStream: stream) }
            }
        }
        write(20)
        for stream in 0..<9 { #expect(texts[stream] == (try alone(UInt64(stream), context, 20)), "stream \(stream)") }
        texts[4] = []
        streams.restart(stream: 4, from: model.start(), sampler: try sampler(77))
        #expect(streams.bytes(ofStream: 4).isEmpty && !streams.bytes(ofStream: 5).isEmpty)
        write(15)
        #expect(texts[4] == (try alone(77, model.start(), 15)))
        #expect(texts[5] == (try alone(5, context, 35)))
    }

    @Test("sampling and training are measured")
    func speeds() throws {
        let configuration = ModelConfiguration(
            cell: "lstm", vocabularySize: 11, embeddingSize: 6, hiddenSize: 8, layers: 2)
        for (precision, streams) in [(Precision.float32, 1), (.int8, 1), (.bfloat16, 9), (.int8, 9)] {
            let speed = try SamplingSpeed.measure(
                configuration, precision: precision, streams: streams, threads: 2, symbols: 20)
            #expect(speed.symbolsPerSecond > 0 && speed.streams == streams && speed.symbolsPerStream == 20)
        }
        var settings = TrainingSettings()
        (settings.batch, settings.sequence) = (4, 5)
        let profile = try TrainingProfile.measure(configuration, settings: settings, steps: 3)
        let times = Dictionary(uniqueKeysWithValues: profile.parts.map { ($0.name, $0.workerSeconds) })
        for part in ["recurrentProducts", "cellsForward", "cellsBackward", "softmax", "weightGradients", "optimizer"] {
            #expect(try #require(times[part]) > 0, "\(part)")
        }
        #expect(times["dropout"] == 0)
        let parts = profile.parts.reduce(0) { $0 + $1.workerSeconds }
        #expect(parts + profile.waitingSeconds <= profile.stepSeconds * 2 * 1.0001)
        // Forward once and back twice, except for the work before the first step; the table for the first layer's input.
        let (N, G, H, V, D, L) = (20.0, 32.0, 8.0, 11.0, 6.0, 2.0)
        let expected = 3 * N * (G * (L * H + H) + V * H) + 3 * V * D * G - 4 * G * H * L
        #expect(profile.parts.reduce(0) { $0 + $1.multiplyAdds } == expected)
    }
}
