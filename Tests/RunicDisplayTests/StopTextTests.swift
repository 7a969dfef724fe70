import RunicSampling
import Testing

@testable import RunicDisplay

struct StopTextTests {
    /// What is shown of `chunks`, and whether a stop text came.
    private func shown(_ chunks: [String], _ stops: [String]) -> (text: String, isFound: Bool) {
        var stop = StopText(stops.map { Array($0.utf8) })
        var bytes: [UInt8] = []
        for chunk in chunks { bytes += stop.add(Array(chunk.utf8)) }
        return (String(decoding: bytes + stop.finish(), as: UTF8.self), stop.isFound)
    }

    @Test("A text ends before the first stop text, inside a chunk and across chunks")
    func ends() {
        #expect(shown(["one\ntwo"], ["\n"]) == ("one", true))
        #expect(shown(["a", "b\n", "\nc"], ["\n\n"]) == ("ab", true))
        #expect(shown(["abab", "ac"], ["abac"]) == ("ab", true))
        #expect(shown(["xyz"], ["z", "y"]) == ("x", true))
        #expect(shown(["a", "b"], []) == ("ab", false))
        #expect(shown(["a", "b"], [""]) == ("ab", false))
    }

    @Test("Only bytes that may begin a stop text are held back, and come at the end")
    func holds() {
        var stop = StopText([Array("\n\n".utf8)])
        #expect(stop.add(Array("line\n".utf8)) == Array("line".utf8))
        #expect(stop.add(Array("a".utf8)) == Array("\na".utf8))
        #expect(stop.add(Array("\n".utf8)) == [])
        #expect(stop.finish() == Array("\n".utf8))
        #expect(!stop.isFound)
    }

    @Test("Chunks give what the whole gives", arguments: 1...3)
    func chunks(seed: Int) {
        var random = Xoshiro256(seed: UInt64(seed))
        for _ in 0..<500 {
            let text = String((0..<12).map { _ in "ab".randomElement(using: &random) ?? "a" })
            let stops = (0..<2).map { _ in
                String(
                    (0..<Int.random(in: 1...4, using: &random)).map { _ in "ab".randomElement(using: &random) ?? "a" })
            }
            let places = stops.compactMap { text.firstRange(of: $0)?.upperBound }
            let whole = shown(text.map(String.init), stops)
            #expect(whole.isFound == !places.isEmpty)
            guard let end = places.min() else { continue }
            // Symbol by symbol, the stop text that is complete first wins.
            let found = stops.filter { text.firstRange(of: $0)?.upperBound == end }.map(\.count).max() ?? 0
            #expect(whole.text == String(text[..<text.index(end, offsetBy: -found)]))
            let middle = text.index(text.startIndex, offsetBy: Int.random(in: 0...12, using: &random))
            #expect(shown([String(text[..<middle]), String(text[middle...])], stops).text == whole.text)
            #expect(shown([text], stops).text == whole.text)
        }
    }
}
