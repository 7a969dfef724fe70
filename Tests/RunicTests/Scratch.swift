import Foundation
import Runic

/// A text that a tiny model learns something of within a second.
let nursery = String(repeating: "the cat sat on the mat, the dog ate the log.\r\nnaïve café, 한국어 👩‍👩‍👧 ok\n", count: 60)

/// Options of a run that takes a moment.
func tinyOptions(_ text: String) -> TrainingOptions {
    var options = TrainingOptions(texts: [text])
    // CR LF is a symbol of two code points, which some tests need.
    options.pipeline = PipelineDescription(newlines: .keep)
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
