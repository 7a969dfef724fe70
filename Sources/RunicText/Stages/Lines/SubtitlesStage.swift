/// The stage `subtitles`: the texts of SRT and WebVTT files, without numbers, times, styles and notes.
///
/// Times within a line, such as `<00:00:01.000>`, are dropped. Option: `line-ends=any` or `lf`: whether only LF ends a line. Tags are kept: `strip:what=markup` can follow. Text in memory is
/// unchanged.
struct SubtitleLines: LineSelectionStage.Selection {
    private static let arrow = Array("-->".utf8)
    private var isText = false

    mutating func take(_ line: Span<UInt8>, end: Int) -> [Range<Int>] {
        guard (0..<line.count - end).contains(where: { !line[$0].isMarkupSpace }) else {
            isText = false
            return []
        }
        if isText { return Self.withoutTimes(line) }
        isText = line.firstIndex(of: Self.arrow, from: 0) != nil
        return []
    }

    private static func withoutTimes(_ line: Span<UInt8>) -> [Range<Int>] {
        var kept: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < line.count {
            var end = index + 1
            if line[index] == UInt8(ascii: "<") {
                while end < line.count,
                    line[end].isDigit || line[end] == UInt8(ascii: ":") || line[end] == UInt8(ascii: ".")
                {
                    end += 1
                }
                if end > index + 1, end < line.count, line[end] == UInt8(ascii: ">") {
                    if start < index { kept.append(start..<index) }
                    start = end + 1
                    end = start
                }
            }
            index = end
        }
        return start < line.count ? kept + [start..<line.count] : kept
    }

    mutating func finish() -> String? {
        isText = false
        return nil
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let lineEnds = try LineEndRule(
            StageOptions(stage: "subtitles", options: options, known: [LineEndRule.option]))
        if context.isInMemory { return PassingStage() }
        let stage = LineSelectionStage(
            name: "subtitles", path: context.path, lineEnds: lineEnds, selection: SubtitleLines())
        guard context.acceptsPlainText else { return stage }
        return AdaptingStage(stage, kind: "subtitles") { text, isFinal in
            text.span.firstIndex(of: arrow, from: 0) != nil ? true : isFinal ? false : nil
        }
    }
}

extension StageDefinition {
    /// `subtitles`: `line-ends=any|lf`.
    public static let subtitles = StageDefinition(
        name: "subtitles", isContainer: { _ in true }, current: { _ in LineEndRule.current }, make: SubtitleLines.make,
        summary: "the texts of SRT and WebVTT files, without numbers, times, styles and notes; " + LineEndRule.summary)
}
