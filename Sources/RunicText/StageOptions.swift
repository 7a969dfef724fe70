/// Reads the options of a built-in stage and refuses those it does not have.
struct StageOptions {
    let stage: String
    let options: [String: String]
    let known: [String]

    /// The options of `stage`, all of which must be among `known`.
    init(stage: String, options: [String: String], known: [String]) throws(TextError) {
        for (option, value) in options.sorted(by: { $0.key < $1.key }) where !known.contains(option) {
            throw .stageOption(
                stage: stage, option: option, value: value, expected: "the options \(known.joined(separator: ", "))")
        }
        self.stage = stage
        self.options = options
        self.known = known
    }

    /// The value of `option`, one of the cases of `Choice`.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ option: String, default standard: Choice
    ) throws(TextError) -> Choice where Choice.RawValue == String {
        guard let value = options[option] else { return standard }
        guard let choice = Choice(rawValue: value) else {
            let expected = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .stageOption(stage: stage, option: option, value: value, expected: "one of \(expected)")
        }
        return choice
    }
}
