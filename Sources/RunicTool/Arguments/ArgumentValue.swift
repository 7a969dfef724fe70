internal import ArgumentParser
internal import Runic

/// Values of the command line that are more than a number or a name.
enum ArgumentValue {
    /// Seconds of a time: `90s`, `10m`, `1.5h`, or seconds without a letter.
    ///
    /// - Throws: `ValidationError` for anything else.
    static func seconds(_ argument: String) throws -> Double {
        guard let value = time(argument), value > 0 else {
            throw ValidationError("give a time above 0, such as 90s, 10m or 1.5h")
        }
        return value
    }

    /// The same, or 0.
    ///
    /// - Throws: `ValidationError` for anything else.
    static func secondsOrNone(_ argument: String) throws -> Double {
        guard let value = time(argument), value >= 0 else {
            throw ValidationError("give a time, such as 30s, 5m or 0s")
        }
        return value
    }

    /// The parts of a list with commas.
    ///
    /// - Throws: `ValidationError` where there are none, or one is nothing that `value` knows.
    static func list<Value>(_ argument: String, _ option: String, _ value: (String) -> Value?) throws -> [Value] {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        return try parts.map { part in
            let part = part.filter { $0 != " " }
            guard !part.isEmpty, let value = value(part) else {
                throw ValidationError(
                    "\(option) is \(argument); \(part.isEmpty ? "a part is empty" : "\(part) is no value of it")")
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

    /// Three shares: `0.9,0.05,0.05`.
    ///
    /// - Throws: `ValidationError` for anything else.
    static func shares(_ argument: String) throws -> [Double] {
        let shares = argument.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
        guard shares.count == 3, argument.count(where: { $0 == "," }) == 2 else {
            throw ValidationError("give three shares that add up to 1, such as 0.9,0.05,0.05")
        }
        return shares
    }

    /// A preset by its name.
    @Sendable static func preset(_ text: String) throws -> TrainingPreset {
        guard let preset = TrainingPreset(rawValue: text) else {
            let names = TrainingPreset.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(text)\" is no preset; there are \(names)")
        }
        return preset
    }
}
