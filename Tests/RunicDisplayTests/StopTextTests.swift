import RunicSampling
import Testing

@testable import RunicDisplay

struct StopTextTests {
    /// Cuts a text as a reader sees its characters.
    private static let characters: @Sendable ([UInt8]) -> [Int] = { text in
        String(decoding: text, as: UTF8.self).reduce(into: []) { $0.append(($0.last ?? 0) + $1.utf8.count) }
    }

    /// What is shown of `symbols`, whether a stop text came, and whether it came before the last symbol.
    private func shown(
        _ symbols: [String], _ stops: [String], joins: Bool = false
    ) -> (text: String, isFound: Bool, isBeforeLast: Bool) {
        var stop =
            joins
            ? StopText(stops.map { StopText.Stop(Array($0.utf8), mayBeJoined: true) }, symbolEnds: Self.characters)
            : StopText(stops.map { Array($0.utf8) })
        var bytes: [UInt8] = []
        for symbol in symbols where !stop.isFound { bytes += stop.add(Array(symbol.utf8)) }
        return (String(decoding: bytes + stop.finish(), as: UTF8.self), stop.isFound, stop.isFoundBeforeLast)
    }

    @Test("A text ends before the first stop text of whole symbols")
    func ends() {
        #expect(shown(["o", "\n", "t"], ["\n"]) == ("o", true, false))
        #expect(shown(["a", "b", "\n", "\n", "c"], ["\n\n"]) == ("ab", true, false))
        #expect(shown(["a", "b", "a", "b", "a", "c"], ["abac"]) == ("ab", true, false))
        #expect(shown(["x", "y", "z"], ["z", "y"]) == ("x", true, false))
        #expect(shown(["a", "b"], []) == ("ab", false, false))
        #expect(shown(["a", "b"], [""]) == ("ab", false, false))
        #expect(shown(["x", "", "y"], ["xy"]) == ("", true, false))
    }

    @Test(
        "A stop text inside a symbol is none",
        arguments: [
            (["one\n", "two"], "\n"), (["\r\n", "x"], "\n"), (["cats", "!"], "cat"), (["a", "bc"], "ab"),
            (["ab", "c"], "bc"),
        ])
    func inside(symbols: [String], stop: String) {
        #expect(shown(symbols, [stop]) == (symbols.joined(), false, false))
    }

    @Test(
        "A symbol that joins the last one of a stop text makes it none, and another one completes it",
        arguments: [
            (["x", "a", "\u{301}", "y"], "a", "xa\u{301}y", false), (["x", "a", "b"], "a", "x", true),
            (["👍", "🏽", "!"], "👍", "👍🏽!", false), (["👍", "👍", "!"], "👍", "", true),
            (["🇩", "🇪", "🇫"], "🇪", "🇩🇪🇫", false), (["e", "\u{301}", "x"], "\u{301}", "e\u{301}x", false),
            (["a", "\u{301}", "a", "b"], "a", "a\u{301}", true), (["\r", "\n", "x"], "\r", "\r\nx", false),
        ])
    func joined(symbols: [String], stop: String, text: String, isFound: Bool) {
        let result = shown(symbols, [stop], joins: true)
        #expect(Array(result.text.utf8) == Array(text.utf8))
        #expect(result.isFound == isFound && result.isBeforeLast == isFound)
    }

    @Test("A stop text at the end of the text is one, as nothing joins it")
    func last() {
        #expect(shown(["x", "a"], ["a"], joins: true) == ("x", true, false))
    }

    @Test("What waits for the next symbol is held back and says so")
    func waits() {
        var stop = StopText([StopText.Stop(Array("a".utf8), mayBeJoined: true)], symbolEnds: Self.characters)
        #expect(stop.add(Array("xa".utf8)) == Array("xa".utf8))
        #expect(stop.add(Array("a".utf8)) == [] && stop.isWaiting && !stop.isFound)
        #expect(stop.add([]) == [] && stop.isWaiting)
        #expect(stop.add(Array("\u{301}".utf8)) == Array("a\u{301}".utf8) && !stop.isWaiting)
    }

    @Test("Only bytes that may begin a stop text are held back, and come at the end")
    func holds() {
        var stop = StopText([Array("\n\n".utf8)])
        #expect(stop.add(Array("e".utf8)) == Array("e".utf8))
        #expect(stop.add(Array("\n".utf8)) == [])
        #expect(stop.add(Array("a".utf8)) == Array("\na".utf8))
        #expect(stop.add(Array("\n".utf8)) == [])
        #expect(stop.finish() == Array("\n".utf8))
        #expect(!stop.isFound)
    }

    @Test("Of the symbols of a text the stop text that is complete first counts, then the longest", arguments: 1...3)
    func first(seed: Int) {
        var random = Xoshiro256(seed: UInt64(seed))
        func letters(_ count: Int) -> String {
            String((0..<count).map { _ in "ab".randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<500 {
            let text = letters(12)
            let stops = (0..<2).map { _ in letters(Int.random(in: 1...4, using: &random)) }
            let places = stops.compactMap { text.firstRange(of: $0)?.upperBound }
            for joins in [false, true] {
                let found = shown(text.map(String.init), stops, joins: joins)
                #expect(found.isFound == !places.isEmpty)
                guard let end = places.min() else { continue }
                let longest = stops.filter { text.firstRange(of: $0)?.upperBound == end }.map(\.count).max() ?? 0
                #expect(found.text == String(text[..<text.index(end, offsetBy: -longest)]))
            }
        }
    }

    @Test("A long text passes whole, and its end is still cut where its symbols end")
    func long() {
        let symbols = Array(repeating: "👍🏽", count: 2000) + ["🇩", "🇪", "🇫", "!"]
        let result = shown(symbols, ["🇪", "👍"], joins: true)
        #expect(result.text == symbols.joined() && !result.isFound)
    }
}
