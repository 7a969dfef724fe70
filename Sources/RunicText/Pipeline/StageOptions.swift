internal import CRunicText

/// Reads the options of a built-in stage and refuses those it does not have.
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

    /// The text of `option`, or nil where it is not given.
    func text(_ option: String) -> String? { options[option] }

    /// The text of `option`, which has to be given.
    func required(_ option: String, expected: String) throws(TextError) -> String {
        guard let value = options[option] else {
            throw .stageOption(stage: stage, option: option, value: "", expected: expected)
        }
        return value
    }

    /// The whole number of `option` in `range`; nil where it is not given.
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

    /// The error for the value of `option`, which is not as it should be.
    func refusal(of option: String, expected: String) -> TextError {
        .stageOption(stage: stage, option: option, value: options[option] ?? "", expected: expected)
    }

    /// The value of `locale`, which is one that ICU has data for or speaks the language of; empty where it is not given.
    func locale() throws(TextError) -> String {
        guard let name = options["locale"] else { return "" }
        guard unsafe runic_locale_is_known(name) != 0 else {
            throw refusal(of: "locale", expected: "a language that ICU knows, such as tr, el or de-CH")
        }
        return name
    }

    /// The text of `option`, in which `\n`, `\t` and `\\` stand for a line feed, a tab and a backslash.
    func text(_ option: String, default standard: String) throws(TextError) -> [UInt8] {
        guard let value = options[option] else { return Array(standard.utf8) }
        var text: [UInt8] = []
        var isEscaped = false
        for byte in value.utf8 {
            if isEscaped {
                switch byte {
                case UInt8(ascii: "n"): text.append(0x0A)
                case UInt8(ascii: "t"): text.append(0x09)
                case UInt8(ascii: "\\"): text.append(byte)
                default:
                    throw .stageOption(
                        stage: stage, option: option, value: value, expected: #"\n, \t and \\ after a backslash"#)
                }
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                text.append(byte)
            }
        }
        if isEscaped {
            throw .stageOption(stage: stage, option: option, value: value, expected: #"\\ for a backslash"#)
        }
        return text
    }

    /// The parts of `option`, joined by `+` there.
    func list(_ option: String) -> [String]? {
        options[option].map { $0.split(separator: "+", omittingEmptySubsequences: false).map(String.init) }
    }
}
