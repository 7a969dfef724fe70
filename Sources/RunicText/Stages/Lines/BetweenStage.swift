/// The stage `between`: keeps the lines after one that has a text, up to one that has another.
///
/// Options: `from=TEXT`, without it the file begins inside; `to=TEXT`, without it the file ends inside; `keep=inside` or `outside`.
/// `line-ends=any` or `lf`: whether only LF ends a line. The lines that have the texts are dropped. After `to`, another `from` begins
/// anew. Text in memory is unchanged.
struct LinesBetween: LineSelectionStage.Selection {
    enum Kept: String, CaseIterable { case inside, outside }

    private let from: [UInt8]?
    private let to: [UInt8]?
    private let keepsInside: Bool
    private var isInside: Bool
    private var hasBegun: Bool

    private init(from: [UInt8]?, to: [UInt8]?, keepsInside: Bool) {
        self.from = from
        self.to = to
        self.keepsInside = keepsInside
        isInside = from == nil
        hasBegun = from == nil
    }

    mutating func take(_ line: Span<UInt8>, end: Int) -> [Range<Int>] {
        let marker = isInside ? to : from
        guard let marker, line.firstIndex(of: marker, from: 0) != nil else {
            return isInside == keepsInside ? [0..<line.count] : []
        }
        isInside.toggle()
        hasBegun = true
        return []
    }

    mutating func finish() -> String? {
        defer { self = LinesBetween(from: from, to: to, keepsInside: keepsInside) }
        guard !hasBegun, let from else { return nil }
        let text = String(decoding: from, as: UTF8.self)
        return "no line has '\(text)': \(keepsInside ? "nothing of the file is kept" : "all of the file is kept")"
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(
            stage: "between", options: options, known: ["from", "to", "keep", LineEndRule.option])
        let lineEnds = try LineEndRule(options)
        let kept = try options.choice("keep", default: Kept.inside)
        var markers: [[UInt8]?] = []
        for name in ["from", "to"] {
            let text = try options.text(name, default: "")
            guard options.text(name) == nil || !text.isEmpty, !text.contains(0x0A) else {
                throw options.refusal(of: name, expected: "a text that a line has")
            }
            markers.append(text.isEmpty ? nil : text)
        }
        guard markers.contains(where: { $0 != nil }) else {
            throw options.refusal(of: "from", expected: "from=TEXT, to=TEXT or both")
        }
        if context.isInMemory { return PassingStage() }
        return LineSelectionStage(
            name: "between", path: context.path, lineEnds: lineEnds,
            selection: LinesBetween(from: markers[0], to: markers[1], keepsInside: kept == .inside))
    }
}

extension StageDefinition {
    /// `between`: `from=TEXT`, `to=TEXT`, `keep=inside|outside`, `line-ends=any|lf`.
    public static let between = StageDefinition(
        name: "between", current: { _ in LineEndRule.current }, make: LinesBetween.make,
        summary:
            "lines after one that has a text, up to one that has another; from=TEXT; to=TEXT; keep=inside or outside; "
            + LineEndRule.summary)
}
