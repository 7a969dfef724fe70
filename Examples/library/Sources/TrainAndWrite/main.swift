import Runic

// Train on a text in memory, save the model, and write with it piece by piece.
let text = String(repeating: "The fox said to the heron: wait, and the frog will come to you.\n", count: 400)
let options = TrainingOptions(cell: "gru", layers: 1, hidden: 64, maxTime: .seconds(2))
let model = try await TextModel.train(on: text, options: options)
try model.write(to: CommandLine.arguments.last ?? "fox.runic")
for try await piece in model.stream(prompt: "The fox", length: 200, stop: ["\n"]) {
    print(piece, terminator: "")
}
print()
