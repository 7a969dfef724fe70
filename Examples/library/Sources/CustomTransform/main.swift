import Runic

/// Never draws the symbol with an id.
struct Without: SamplingTransform {
    let identifier: Int

    func apply(to candidates: inout Candidates) { candidates.keep { id, _ in id != identifier } }
}

// A transform of one's own, registered in an environment that the model gets. Argument: a model.
var environment = Environment()
environment.transforms.register("without") { value throws(SamplingError) in
    guard let identifier = Int(exactly: value) else {
        throw .invalidSetting(name: "without", value: "\(value)", allowed: "the id of a symbol")
    }
    return Without(identifier: identifier)
}
let arguments = CommandLine.arguments
let model = try TextModel(
    path: arguments.count > 1 ? arguments[1] : "models/hearth-gru.runic", environment: environment)
let unwanted = model.vocabulary.identifier(of: Symbol("e".utf8)).map {
    TransformDescription(name: "without", value: Double($0))
}
let settings = SamplerSettings(temperature: 0.7, seed: 1, additional: unwanted.map { [$0] } ?? [])
print(try model.generate(prompt: "The h", length: 120, settings: settings))
