internal import CRunicICU

/// Makes CR LF and CR line feeds, or leaves them. Option: `to=keep` or `lf`.
struct NewlinesStage: TextStage {
    let rule: NewlineRule
    private var afterReturn: Int32 = 0

    init(rule: NewlineRule) {
        self.rule = rule
    }

    mutating func process(_ input: Span<UInt8>, into output: inout [UInt8]) {
        guard rule == .lf else {
            output.append(input)
            return
        }
        var after = afterReturn
        let converted = unsafe input.withUnsafeBufferPointer { bytes in
            unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
                count = unsafe runic_newlines_to_lf(bytes.baseAddress, bytes.count, out.baseAddress, &after)
            }
        }
        afterReturn = after
        output.append(contentsOf: converted)
    }

    mutating func finish(into output: inout [UInt8]) {
        afterReturn = 0
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
        name: "newlines", isLossless: { $0["to"] != NewlineRule.lf.rawValue }, make: NewlinesStage.make)
}
