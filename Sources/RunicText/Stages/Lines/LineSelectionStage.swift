/// Keeps or drops whole lines of a file; a line ends in a line feed or the end of the file.
///
/// Memory holds a chunk and one line of at most 1 MiB.
struct LineSelectionStage: TextStage {
    /// What becomes of the lines of a file, one after the other.
    protocol Selection {
        /// Takes the next line, its end included; returns the ranges of it that are kept, in order.
        mutating func take(_ line: Span<UInt8>) -> [Range<Int>]
        /// Ends the file; returns a warning.
        mutating func finish() -> String?
    }

    private static let longestLine = 1 << 20

    private let name: String
    private let path: String
    private var selection: any Selection
    private var held: [UInt8] = []
    private(set) var warnings: [String] = []

    init(name: String, path: String, selection: any Selection) {
        self.name = name
        self.path = path
        self.selection = selection
    }

    var remarks: [String] { warnings }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        var start = 0
        for index in 0..<input.count where input[index] == 0x0A {
            if held.isEmpty {
                take(input.extracting(start..<index + 1), into: &output)
            } else {
                held.append(input.extracting(start..<index + 1))
                let line = held
                held.removeAll(keepingCapacity: true)
                take(line.span, into: &output)
            }
            start = index + 1
        }
        held.append(input.extracting(start..<input.count))
        guard held.count <= Self.longestLine else {
            throw .stageFailed(name: name, path: path, reason: "a line is longer than 1 MiB")
        }
    }

    mutating func finish(into output: inout StageOutput) {
        let last = held
        held = []
        if !last.isEmpty { take(last.span, into: &output) }
        if let warning = selection.finish() { warnings.append(warning) }
    }

    private mutating func take(_ line: Span<UInt8>, into output: inout StageOutput) {
        var reached = 0
        for kept in selection.take(line) {
            output.drop(kept.lowerBound - reached)
            output.pass(line.extracting(kept))
            reached = kept.upperBound
        }
        output.drop(line.count - reached)
    }
}
