import Foundation
import Runic

/// A folder of a test's own, gone when the test lets go of it.
final class Scratch {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("runic-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String, _ content: String) throws -> String {
        let file = path + "/" + name
        try Data(content.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }
}

/// A text that a tiny model learns something of within a second.
let nursery = String(repeating: "the cat sat on the mat, the dog ate the log.\r\nnaïve café, 한국어 👩‍👩‍👧 ok\n", count: 60)

/// Options of a run that takes a moment.
func tinyOptions(_ text: String) -> TrainingOptions {
    var options = TrainingOptions(texts: [text])
    (options.cell, options.layers, options.hidden, options.embedding) = ("lstm", 2, 12, 7)
    options.training.batch = 4
    options.training.sequence = 16
    options.training.epochs = 2
    options.training.warmUp = 5
    options.training.dropout = 0.1
    options.training.validateEvery = 20
    options.training.precision = "f32"
    return options
}
