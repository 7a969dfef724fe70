internal import CRunicICU

/// Makes CR LF and CR line feeds, or leaves them. Option: `to=keep` or `lf`.
struct NewlinesStage: TextStage {
    let rule: NewlineRule
    private var afterReturn = false

    init(rule: NewlineRule) {
        self.rule = rule
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        guard rule == .lf else {
            output.pass(input)
            return
        }
        var start = 0
        while start < input.count {
            // A line feed that follows a carriage return, which stands for both already.
            if afterReturn && input[start] == 0x0A {
                output.drop(1)
                start += 1
            }
            afterReturn = false
            let end = unsafe input.withUnsafeBufferPointer { bytes in
                unsafe Int(runic_newlines_next_return(bytes.baseAddress, bytes.count, start))
            }
            output.pass(input.extracting(start..<end))
            start = end
            guard end < input.count else { break }
            output.replace(1, with: [0x0A])
            afterReturn = true
            start += 1
        }
    }

    mutating func finish(into output: inout StageOutput) {
        afterReturn = false
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "newlines", options: options, known: ["to"])
        return NewlinesStage(rule: try options.choice("to", default: NewlineRule.keep))
    }
}

extension StageDefinition {
    /// `newlines`: `to=keep|lf`.
    public static let newlines = StageDefinition(
        name: "newlines", isLossless: { $0["to"] != NewlineRule.lf.rawValue }, isSplittable: { _ in true },
        isIdentity: { $0["to"] != NewlineRule.lf.rawValue }, make: NewlinesStage.make)
}
