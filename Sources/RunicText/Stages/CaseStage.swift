internal import CRunicText

/// Changes the case of letters.
///
/// Options: `to=lower`, `upper`, `title` or `fold`; `locale`, the language whose rules apply, such as `tr` (default: none).
/// Memory holds a chunk and the text that must be seen at once, at most ``limit`` bytes: a line for title case, else letters
/// and marks up to the next space, digit or other character without case.
@safe final class CaseStage: TextStage {
    enum Case: String, CaseIterable { case lower, upper, title, fold }

    /// Most bytes that are seen at once.
    static let limit = 1 << 20
    private static let name = "case"

    private let handle: OpaquePointer
    private let kind: Case
    private let path: String

    private init(_ options: StageOptions, path: String) throws(TextError) {
        _ = try options.required("to", expected: "one of \(Case.allCases.map(\.rawValue).joined(separator: ", "))")
        kind = try options.choice("to", default: Case.lower)
        let code =
            switch kind {
            case .lower: RUNIC_LOWER
            case .upper: RUNIC_UPPER
            case .title: RUNIC_TITLE
            case .fold: RUNIC_FOLD
            }
        var status: Int32 = 0
        guard let handle = unsafe runic_caser_create(Int32(code), try options.locale(), &status) else {
            throw .stageFailed(name: Self.name, path: path, reason: reason(forStatus: status))
        }
        unsafe self.handle = handle
        self.path = path
    }

    deinit {
        unsafe runic_caser_destroy(handle)
    }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        try feed(input, isFinal: false, into: &output)
    }

    func finish(into output: inout StageOutput) throws(TextError) {
        try feed(Span(), isFinal: true, into: &output)
    }

    private func feed(_ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) throws(TextError) {
        let status = unsafe input.withUnsafeBufferPointer { bytes in
            var edited = unsafe runic_edited()
            let status = unsafe runic_caser_feed(
                handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0, Self.limit, &edited)
            if status == 0 { unsafe output.give(edited) }
            return status
        }
        guard status == 0 else {
            let tooLong =
                kind == .title
                ? "a line has more than \(Self.limit) bytes; put line feeds into it"
                : "more than \(Self.limit) bytes of letters and marks in a row; put spaces between them"
            throw .stageFailed(
                name: Self.name, path: path, reason: status == RUNIC_TOO_LONG ? tooLong : reason(forStatus: status))
        }
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        try CaseStage(StageOptions(stage: name, options: options, known: ["to", "locale"]), path: context.path)
    }
}

extension StageDefinition {
    /// `case`: `to=lower|upper|title|fold`, `locale=NAME`.
    public static let letterCase = StageDefinition(
        name: "case", isSplittable: { $0["to"] != CaseStage.Case.title.rawValue }, make: CaseStage.make,
        summary: "letter case; to=lower, upper, title or fold; locale=NAME")
}
