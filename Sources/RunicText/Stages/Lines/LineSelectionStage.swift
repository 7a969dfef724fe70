/// Keeps or drops whole lines of a file; a line ends as its ``LineEndRule`` says, or with the file.
///
/// Memory holds a chunk and one line of at most 1 MiB.
struct LineSelectionStage: TextStage {
    /// What becomes of the lines of a file, one after the other.
    protocol Selection {
        /// Takes the next line, its end of `end` bytes included; returns the ranges of it that are kept, in order.
        mutating func take(_ line: Span<UInt8>, end: Int) -> [Range<Int>]
        /// Ends the file; returns a warning.
        mutating func finish() -> String?
    }

    private static let longestLine = 1 << 20

    private let name: String
    private let path: String
    private var selection: any Selection
    private var lines: LineCutter
    private(set) var warnings: [String] = []

    init(name: String, path: String, lineEnds: LineEndRule, selection: any Selection) {
        lines = LineCutter(lineEnds)
        self.name = name
        self.path = path
        self.selection = selection
    }

    var remarks: [String] { warnings }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        cut(input, isFinal: false, into: &output)
        guard lines.heldCount <= Self.longestLine else {
            throw .stageFailed(name: name, path: path, reason: "a line is longer than 1 MiB")
        }
    }

    mutating func finish(into output: inout StageOutput) {
        cut(Span(), isFinal: true, into: &output)
        if let warning = selection.finish() { warnings.append(warning) }
    }

    private mutating func cut(_ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) {
        var lines = LineCutter(.lf)
        swap(&lines, &self.lines)
        lines.cut(input, isFinal: isFinal) { line, end in take(line, end: end, into: &output) }
        swap(&lines, &self.lines)
    }

    private mutating func take(_ line: Span<UInt8>, end: Int, into output: inout StageOutput) {
        var reached = 0
        for kept in selection.take(line, end: end) {
            output.drop(kept.lowerBound - reached)
            output.pass(line.extracting(kept))
            reached = kept.upperBound
        }
        output.drop(line.count - reached)
    }
}
