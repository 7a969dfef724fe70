import Runic

// What comes next, and how surprising was what came? Arguments: a model, and the beginning of a text.
let arguments = CommandLine.arguments
let model = try TextModel(path: arguments.count > 1 ? arguments[1] : "models/hearth-gru.runic")
let text = arguments.count > 2 ? arguments[2] : "The heron sai"
for next in try model.probabilities(after: text).prefix(5) {
    print(String(reflecting: next.symbol), next.probability)
}
for score in try model.score(text) {
    print(String(reflecting: String(text[score.range])), score.nats ?? .nan, "nats, rank", score.rank ?? 0)
}
