internal import CRunicText
internal import RunicDisplay

/// Reads the options of a built-in stage and refuses unknown ones.
package struct StageOptions {
    let stage: String
    let options: [String: String]
    let known: [String]

    /// The options of `stage`, all of which must be among `known`.
    package init(stage: String, options: [String: String], known: [String]) throws(TextError) {
        for (option, value) in options.sorted(by: { $0.key < $1.key }) where !known.contains(option) {
            throw .stageOption(
                stage: stage, option: option, value: value, expected: "the options \(known.joined(separator: ", "))")
        }
        self.stage = stage
        self.options = options
        self.known = known
    }

    /// The value of `option`, one of the cases of `Choice`.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ option: String, default standard: Choice
    ) throws(TextError) -> Choice where Choice.RawValue == String {
        guard let value = options[option] else { return standard }
        guard let choice = Choice(rawValue: value) else {
            let expected = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .stageOption(stage: stage, option: option, value: value, expected: "one of \(expected)")
        }
        return choice
    }

    /// The text of `option`, or nil if it is missing.
    func text(_ option: String) -> String? { options[option] }

    /// The text of `option`, which is required.
    func required(_ option: String, expected: String) throws(TextError) -> String {
        guard let value = options[option] else {
            throw .stageOption(stage: stage, option: option, value: "", expected: expected)
        }
        return value
    }

    /// The whole number of `option` in `range`; nil if it is missing.
    package func number(_ option: String, in range: ClosedRange<Int>) throws(TextError) -> Int? {
        guard let value = options[option] else { return nil }
        guard let number = Int(value), range.contains(number) else {
            throw .stageOption(
                stage: stage, option: option, value: value,
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Whether `option` is `true`.
    func flag(_ option: String, default standard: Bool = false) throws(TextError) -> Bool {
        switch options[option] {
        case nil: return standard
        case "true": return true
        case "false": return false
        case let value?: throw .stageOption(stage: stage, option: option, value: value, expected: "true or false")
        }
    }

    /// The error for a value of `option` that is not as expected.
    func refusal(of option: String, expected: String) -> TextError {
        .stageOption(stage: stage, option: option, value: options[option] ?? "", expected: expected)
    }

    /// The value of `locale`, whose language ICU must know; empty if it is missing.
    func locale() throws(TextError) -> String {
        guard let name = options["locale"] else { return "" }
        guard unsafe runic_locale_is_known(name) != 0 else {
            throw refusal(of: "locale", expected: "a language that ICU knows, such as tr, el or de-CH")
        }
        return name
    }

    /// The UTF-8 of `option`, its ``TextEscapes`` resolved.
    func text(_ option: String, default standard: String) throws(TextError) -> [UInt8] {
        do throws(TextEscapes.UnknownEscape) {
            return Array(try TextEscapes.resolve(options[option] ?? standard).utf8)
        } catch {
            throw refusal(of: option, expected: "\(TextEscapes.expected), not \(error.escape)")
        }
    }

    /// The values of `option`, which are joined by `+`.
    func list(_ option: String) -> [String]? {
        options[option].map { value in
            // Bytes: a plus sign and a combining mark after it are one `Character`.
            value.utf8.split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
        }
    }
}
