import Foundation
import Runic
import RunicTesting

/// A model of a moment, and the text that it was trained on.
final class StudyModel {
    static let text = String(
        repeating: "BOB:\n\tthe \"cat\" sat (on </script> the mat) & 'ate'.\r\nnaïve café, 한국어 👩‍👩‍👧 שלום\u{2028}ok\n\n",
        count: 40)

    private let place: TemporaryFolder
    var folder: String { place.path }
    let textPath: String
    let model: TextModel

    init(cell: String, unit: TextUnit = .grapheme) throws {
        place = try TemporaryFolder()
        textPath = try place.write(Self.text, to: "text.txt")
        var options = TrainingOptions(texts: [textPath])
        (options.cell, options.layers, options.hidden, options.embedding) = (cell, 2, 12, 7)
        options.pipeline = PipelineDescription(unit: unit)
        options.training.batch = 4
        options.training.sequence = 16
        options.training.epochs = 4
        options.training.warmUp = 5
        options.training.learningRate = 1e-2
        options.training.validateEvery = 40
        options.training.precision = "f32"
        model = try TextModel(path: try TrainingRun(options: options, out: place.file("run")).run().bestPath)
    }

    var source: TextSource { get throws { try TextSource(paths: [textPath]) } }
}
