import RunicDisplay
import Testing

@Suite("Suggestions for mistyped names")
struct SuggestionTests {
    private let commands = ["train", "text", "evaluate", "sample", "study", "gates", "tinyshakespeare"]

    @Test(
        "One edit for each three letters is close: a letter too many, missing, wrong, or two swapped",
        arguments: [
            ("trian", "train"), ("trainn", "train"), ("trai", "train"), ("traim", "train"), ("gate", "gates"),
            ("sampel", "sample"), ("evalaute", "evaluate"), ("TRAIN", "train"), ("tinyshakespear", "tinyshakespeare"),
        ])
    func close(typed: String, meant: String) {
        #expect(Suggestion.nearest(to: typed, among: commands) == meant)
    }

    @Test(
        "A name that only one name continues is close", arguments: [("tiny", "tinyshakespeare"), ("eval", "evaluate")])
    func beginning(typed: String, meant: String) {
        #expect(Suggestion.nearest(to: typed, among: commands) == meant)
    }

    @Test(
        "A known name, an empty one, one that is far from all and one that two continue have none",
        arguments: ["train", "", "sing", "x", "repl", "t", "\u{301}"])
    func none(typed: String) {
        #expect(Suggestion.nearest(to: typed, among: commands) == nil)
        #expect(Suggestion.phrase(for: typed, among: commands) == "")
    }

    @Test("The first of several names at the same distance is suggested")
    func order() {
        #expect(Suggestion.nearest(to: "nfx", among: ["nfc", "nfd", "none"]) == "nfc")
        #expect(Suggestion.phrase(for: "int9", among: ["int8", "bf16"]) == "; did you mean 'int8'?")
    }
}
