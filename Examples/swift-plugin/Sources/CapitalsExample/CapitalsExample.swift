internal import Foundation
internal import Runic

/// Trains a small model with a custom stage for a second, and generates text.
///
///     swift run -c release --package-path Examples/swift-plugin CapitalsExample corpora/hearth.txt
@main
struct CapitalsExample {
    static func main() {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: CapitalsExample TEXT\n".utf8))
            exit(64)
        }
        do {
            print(try run(CommandLine.arguments[1]))
        } catch {
            FileHandle.standardError.write(Data("CapitalsExample: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ text: String) throws -> String {
        // The environment is a value: pass it to whatever makes pipelines or models.
        var environment = Environment()
        environment.stages.register(.capitals)

        var options = TrainingOptions(texts: [text])
        options.pipeline.stages.insert(StageDescription(name: "capitals"), at: 1)
        (options.layers, options.hidden) = (1, 96)
        options.training.learningRate = 1e-2
        (options.training.epochs, options.training.maxSeconds) = (nil, 1)

        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("capitals-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let summary = try TrainingRun(options: options, out: folder, environment: environment).run()

        // The archive names the stage, so the model needs a environment that has it.
        let model = try TextModel(path: summary.bestPath, environment: environment)
        let prompt = "The heron said "
        let written = try model.generate(
            prompt: prompt, length: 200, settings: SamplerSettings(temperature: 0.7, seed: 1))
        return "\(model.vocabulary.count) symbols, \(summary.steps) steps\n\(prompt)\(CapitalsStage.undone(written))"
    }
}
