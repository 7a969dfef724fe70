internal import Runic
internal import RunicTraining

/// The defaults that help texts name, from the types that have them.
enum Defaults {
    static let options = TrainingOptions(texts: [])
    static let training = TrainingSettings()
    static let sampler = SamplerSettings()
    static let vocabulary = VocabularyOptions()

    /// Symbols that a model writes.
    static let length = 400

    /// Where a preset may have another value: `(default: the preset's, else 256)`.
    static func preset(_ value: some CustomStringConvertible) -> String { "(default: \(presetWords)\(value))" }

    /// The words before a default that a preset may replace.
    static let presetWords = "the preset's, else "

    /// The names of a registry as a list: `adamw, adam or sgd`.
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }
}
