/// Normalises the text. Option: `form`, one of the cases of `NormalizationForm`.
///
/// Memory holds one chunk and the longest run of code points between two normalisation boundaries.
struct NormalizeStage: TextStage {
    private let normalizer: Normalizer?

    init(form: NormalizationForm, path: String) throws(TextError) {
        normalizer = try Normalizer(form: form, path: path)
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if let normalizer {
            try normalizer.feed(input, isFinal: false, into: &output)
        } else {
            output.pass(input)
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        try normalizer?.feed(Span(), isFinal: true, into: &output)
    }

    func effect(on codePoint: UInt32) -> CodePointEffect {
        normalizer?.effect(on: codePoint) ?? .unchanged
    }

    @Sendable static func isLossless(_ options: [String: String]) -> Bool {
        options["form"].map { NormalizationForm(rawValue: $0)?.isLossless ?? false } ?? true
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "normalize", options: options, known: ["form"])
        return try NormalizeStage(
            form: try options.choice("form", default: NormalizationForm.nfc), path: context.path)
    }
}

extension StageDefinition {
    /// `normalize`: `form=nfc|nfd|nfkc|nfkd|nfkc-casefold|none`.
    public static let normalize = StageDefinition(
        name: "normalize", isLossless: NormalizeStage.isLossless, isSplittable: { _ in true },
        isIdentity: { $0["form"] == NormalizationForm.none.rawValue }, make: NormalizeStage.make,
        summary: "Unicode normalisation; form=nfc, nfd, nfkc, nfkd, nfkc-casefold or none")
}
