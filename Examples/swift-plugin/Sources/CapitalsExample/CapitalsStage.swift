internal import Runic

/// Writes a capital letter as a mark and the small letter: `The` becomes `⇧the`.
///
/// A model then sees one `the` instead of `the`, `The` and `THE`, and needs 26 symbols less. Only ASCII letters are marked, so
/// every byte is settled as it comes and there is nothing to carry from chunk to chunk.
///
/// Option: `mark`, the text in front of a letter; ⇧ unless given. Where the mark is in a text already, the way back is lost.
struct CapitalsStage: TextStage {
    /// The mark unless the options name another.
    static let mark = "⇧"

    private let mark: [UInt8]

    init(mark: String) { self.mark = Array(mark.utf8) }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        var start = 0
        for index in input.indices where Self.capitals.contains(input[index]) {
            // What did not change is passed, so that its symbols are traced byte by byte.
            output.pass(input.extracting(start..<index))
            output.replace(1, with: mark + [input[index] | 0x20])
            start = index + 1
        }
        output.pass(input.extracting(start..<input.count))
    }

    func finish(into output: inout StageOutput) {}

    /// The text that a staged text was made from.
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
