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
    static func preset(_ value: some CustomStringConvertible) -> String { "(default: the preset's, else \(value))" }

    /// The names of a registry as a list: `adamw, adam or sgd`.
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }
}

/// The options on the command line of this process.
enum CommandLineOptions {
    /// Their names in the order given, without values: `--out RUN --epochs=3` gives `--out` and `--epochs`.
    static var given: [String] { names(in: CommandLine.arguments.dropFirst()) }

    /// The names of the options among arguments.
    ///
    /// A value that begins with a dash must follow an equals sign, so whatever begins with one names an option.
    static func names(in arguments: some Sequence<String>) -> [String] {
        arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") && $0 != TextFile.standardInputPath }
            .map { String($0.prefix { $0 != "=" }) }
    }
}
