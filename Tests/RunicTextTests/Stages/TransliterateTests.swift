import CRunicICUReference
import RunicTesting
import Testing

@testable import RunicText

struct TransliterateTests {
    private func whole(_ options: [String: String], _ text: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 65536)
        let reverse: Int32 = options["reverse"] == "true" ? 1 : 0
        let count =
            if let rules = options["rules"] {
                unsafe reference_transliterate("rules", rules, reverse, text, text.count, &out)
            } else {
                unsafe reference_transliterate(options["id"] ?? "", nil, reverse, text, text.count, &out)
            }
        #expect(count >= 0)
        return Array(out.prefix(Int(max(0, count))))
    }

    private func wholeLines(_ options: [String: String], _ text: String) -> [UInt8] {
        let lines = bytes(text).split(separator: 0x0A, omittingEmptySubsequences: false)
        var result: [UInt8] = []
        for (index, line) in lines.enumerated() {
            let line = index == lines.count - 1 ? Array(line) : Array(line) + [0x0A]
            if !line.isEmpty { result += whole(options, line) }
        }
        return result
    }

    private static let kinds: [[String: String]] = [
        ["id": "Any-Latin"], ["id": "Any-Latin; Latin-ASCII"], ["id": "NFD; [:Mn:] Remove; NFC"], ["id": "Any-Hex"],
        ["id": "Cyrillic-Latin", "reverse": "true"], ["id": "Any-Publishing"], ["id": "Any-Title"],
        ["id": "Latin-Katakana"], ["id": "Greek-Latin"], ["id": "Any-Name"], ["id": "Fullwidth-Halfwidth"],
        ["rules": "a > b; b } c > ; ([aeiou])([xyz]) > $2'-'$1; ([k-p]) } q > &Any-Upper($1) ; [:Nd:] > \\u00e9;"],
        ["rules": "ä <> ae; s } [aeiou] <> z;", "reverse": "true"],
    ]

    @Test("random texts come out as ICU makes them of every line, whatever the chunk size", arguments: kinds)
    func random(options: [String: String]) throws {
        var texts = RandomTexts(generator: Generator(state: 13))
        for round in 0..<25 {
            let text = texts.next(upTo: 60)
            let expected = wholeLines(options, text)
            let size = [1, 2, 3, 7, 1000][round % 5]
            let isExpected = try stagedInChunks("transliterate", options, bytes(text), chunk: size) == expected
            #expect(isExpected, "\(text.unicodeScalars.map(\.value)) in chunks of \(size)")
        }
    }

    @Test("letters are accounted for one by one, also where the transform reads context, inserts and deletes")
    func tracing() throws {
        func parts(_ options: [String: String], _ text: String) throws -> [String] {
            try tracedParts("transliterate", options, bytes(text)).map { "\($0)>\($1)" }
        }
        #expect(
            try parts(["id": "Any-Latin"], "Привет, мир") == [
                "П>P", "р>r", "и>i", "в>v", "е>e", "т>t", ", >, ", "м>m", "и>i", "р>r",
            ])
        let han = try parts(["id": "Any-Latin"], "中国人 x")
        #expect(han.joined().filter { $0 != ">" }.contains("国"))
        #expect(han.count >= 4)
        #expect(
            try parts(["id": "NFD; [:Mn:] Remove; NFC"], "áx e\u{301}") == ["á>a", "x e>x e", "\u{301}>"])
        #expect(
            try parts(["rules": "xy > z; (q)(r) > $2' '$1; m > ; n > n;"], "axy qrmn") == [
                "a>a", "xy>z", " > ", "qr>r q", "m>", "n>n",
            ])
        #expect(try parts(["id": "Any-Latin; Latin-ASCII"], "国中").joined(separator: "|") == "国>guo|中> zhong")
    }

    @Test("the original bytes of a symbol, transformed alone, have the symbol")
    func alone() throws {
        let options = ["id": "Cyrillic-Latin"]
        let pipeline = try TextPipeline(
            PipelineDescription(stages: [
                StageDescription(name: "transliterate", options: options), StageDescription(name: "segment"),
            ]))
        let text = bytes("Съешь же ещё этих мягких французских булок, да выпей чаю. Щукарь!\r\nABC é")
        var reached = 0
        for traced in try pipeline.trace(text) {
            let made = String(decoding: whole(options, Array(text[traced.range])), as: UTF8.self).lowercased()
            let symbol = String(decoding: traced.symbol.bytes, as: UTF8.self).lowercased()
            #expect(made.contains(symbol), "\(made) for \(symbol)")
            reached = max(reached, traced.range.upperBound)
        }
        #expect(reached == text.count)
    }

    @Test("an unknown transform is named, with similar ones; an invalid rule is shown where it fails")
    func refusals() {
        func message(_ options: [String: String]) -> String {
            do throws(any Error) { _ = try stagedInChunks("transliterate", options, []) } catch { return "\(error)" }
            return ""
        }
        #expect(
            message(["id": "Any-Latin; Rusian-Latin/BGN"]).hasPrefix(
                "stage 'transliterate': option id=Any-Latin; Rusian-Latin/BGN is not known; "
                    + "use transforms that ICU has; 'Rusian-Latin/BGN' is not one; similar ones are Russian-Latin/BGN, "
            ))
        #expect(message(["rules": "a > b; c >> "]).contains("(U_UNQUOTED_SPECIAL at 'c >> ')"))
        for options in [
            [:], ["id": "Any-Latin", "rules": "a > b;"], ["id": "Any-Latin", "reverse": "yes"], ["id": ""],
        ] {
            #expect(message(options).hasPrefix("stage 'transliterate': option "))
        }
    }

    @Test("a line without end and one that grows too much are errors, whatever the chunk size")
    func limits() throws {
        let long = [UInt8](repeating: 0x61, count: TransliterateStage.lineLimit)
        let options = ["rules": "x > y;"]
        for size in [65_536, 2 << 20] {
            #expect(throws: TextError.self) { try stagedInChunks("transliterate", options, long + [0x0A], chunk: size) }
        }
        let growing = ["rules": "a > " + String(repeating: "b", count: 500) + ";"]
        #expect(throws: TextError.self) { try stagedInChunks("transliterate", growing, long) }
    }
}
