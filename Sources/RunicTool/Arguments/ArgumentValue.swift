internal import ArgumentParser
internal import Runic

/// Values on the command line that are more than a number or a name.
enum ArgumentValue {
    /// A time in seconds: `90s`, `10m`, `1.5h`, or a number of seconds.
    ///
    /// - Throws: `ValidationError` for anything else.
    static func seconds(_ argument: String) throws -> Double {
        guard let value = time(argument), value > 0 else {
            throw ValidationError("give a time above 0, such as 90s, 10m or 1.5h")
        }
        return value
    }

    /// A time in seconds that may be 0.
    ///
    /// - Throws: `ValidationError` for anything else.
    static func secondsOrNone(_ argument: String) throws -> Double {
        guard let value = time(argument), value >= 0 else {
            throw ValidationError("give a time, such as 30s, 5m or 0s")
        }
        return value
    }

    /// The items of a list separated by commas.
    ///
    /// - Throws: `ValidationError` if an item is empty or `value` refuses it.
    static func list<Value>(_ argument: String, _ option: String, _ value: (String) -> Value?) throws -> [Value] {
        try Choice.parts(of: argument).map { part in
            let part = part.filter { $0 != " " }
            guard !part.isEmpty, let value = value(part) else {
                throw ValidationError(
                    "\(option) is \(argument); \(part.isEmpty ? "an item is empty" : "\(part) is not allowed")")
            }
            return value
        }
    }

    private static func time(_ argument: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        let number = unit == nil ? argument[...] : argument.dropLast()
        guard let value = Double(number), value.isFinite else { return nil }
        return value * (unit ?? 1)
    }

    /// Three fractions: `0.9,0.05,0.05`.
    ///
    /// - Throws: `ValidationError` for anything else.
    static func fractions(_ argument: String) throws -> [Double] {
        let parts = Choice.parts(of: argument)
        let fractions = parts.compactMap { Double($0) }
        guard fractions.count == 3, parts.count == 3 else {
            throw ValidationError("give three fractions that add up to 1, such as 0.9,0.05,0.05")
        }
        return fractions
    }

    /// A preset by its name.
    @Sendable static func preset(_ text: String) throws -> TrainingPreset {
        guard let preset = TrainingPreset(rawValue: text) else {
            let names = TrainingPreset.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(text)\" is not a preset; the presets are \(names)")
        }
        return preset
    }
}

extension NameSpecification {
    /// `-o` and `--out`: what a command writes.
    static var output: NameSpecification { [.customShort("o"), .customLong("out")] }
}
