internal import Runic

/// Replaces a capital letter with a mark and the small letter: `The` becomes `⇧the`.
///
/// A model then sees one `the` instead of `the`, `The` and `THE`, and needs 26 symbols fewer. Only ASCII letters are marked, so
/// every byte is processed on its own and nothing is carried from chunk to chunk.
///
/// Option: `mark`, the text before a letter, by default ⇧. A text that already contains the mark cannot be restored.
struct CapitalsStage: TextStage {
    /// The default mark.
    static let mark = "⇧"

    private let mark: [UInt8]

    init(mark: String) { self.mark = Array(mark.utf8) }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        var start = 0
        for index in input.indices where Self.capitals.contains(input[index]) {
            // Unchanged bytes are passed, so that their symbols can be traced byte by byte.
            output.pass(input.extracting(start..<index))
            output.replace(1, with: mark + [input[index] | 0x20])
            start = index + 1
        }
        output.pass(input.extracting(start..<input.count))
    }

    func finish(into output: inout StageOutput) {}

    /// The text before the stage.
    static func undone(_ text: String, mark: String = Self.mark) -> String {
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(of: mark) {
            result += rest[..<found.lowerBound]
            result += rest[found.upperBound...].prefix(1).uppercased()
            rest = rest[found.upperBound...].dropFirst()
        }
        return result + rest
    }

    private static let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
}

extension StageDefinition {
    /// `capitals`: `mark=⇧`.
    static let capitals = StageDefinition(name: "capitals", isSplittable: { _ in true }) {
        (options, _) throws(TextError) in
        let mark = options["mark"] ?? CapitalsStage.mark
        guard Set(options.keys).isSubset(of: ["mark"]), !mark.isEmpty else {
            let wrong = options.first { $0.key != "mark" } ?? ("mark", "")
            throw .stageOption(
                stage: "capitals", option: wrong.key, value: wrong.value, expected: "mark=TEXT, which is not empty")
        }
        return CapitalsStage(mark: mark)
    }
}
