import Runic

// Many continuations of one text at once: the weights are read once for all of them. Argument: a model.
let arguments = CommandLine.arguments
let model = try TextModel(path: arguments.count > 1 ? arguments[1] : "models/hearth-gru.runic")
var context = model.start()
model.read("The heron said ", into: &context)
let samplers = try (0..<8).map { try model.makeSampler(SamplerSettings(temperature: 0.7, seed: UInt64($0))) }
let streams = try TextStreams(model, from: context, samplers: samplers)
var texts = [[UInt8]](repeating: [], count: streams.count)
for _ in 0..<60 {
    streams.next()
    for index in texts.indices { texts[index] += streams.bytes(ofStream: index) }
}
for text in texts { print("The heron said", String(decoding: text, as: UTF8.self).prefix { $0 != "\n" }) }
