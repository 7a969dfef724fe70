import Foundation
import Runic
import RunicTesting
import RunicText
import Testing

@testable import RunicInspection

@Suite("Advice that can be followed, and ends when it has been")
struct AdviceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func report(_ text: [UInt8], _ change: (inout InspectionOptions) -> Void = { _ in }) throws
        -> InspectionReport
    {
        let path = try folder.write(text, to: "t.txt")
        var options = InspectionOptions()
        options.estimates = false
        change(&options)
        return try TextInspector(options).examine(paths: [path])
    }

    private func advice(_ text: [UInt8], stages: [StageDescription] = [], repair: Bool = false) throws -> String {
        try report(text) { options in
            options.pipeline = PipelineDescription(repair: repair)
            for stage in stages {
                if let index = options.pipeline.stages.firstIndex(where: { $0.name == stage.name }) {
                    options.pipeline.stages[index].options.merge(stage.options) { $1 }
                } else {
                    options.pipeline.stages.insert(stage, at: 1)
                }
            }
        }.advice.joined(separator: "\n")
    }

    private static let decodeAuto = StageDescription(name: "decode", options: ["encoding": "auto"])

    private func lines(_ count: Int) -> String {
        (0..<count).map { "line \($0 &* 7919 % 1009) of some text, \($0)\n" }.joined()
    }

    @Test("NULs are counted whole, however many there are, and strip removes them", arguments: [1, 200, 3_000])
    func nul(count: Int) throws {
        let text = Array((lines(9_000) + String(repeating: "\0", count: count)).utf8)
        let found = try advice(text)
        #expect(found.contains("\(count.formatted(.number.locale(Locale(identifier: "en_US")))) control character"))
        #expect(found.contains("of them NUL") && found.contains("--stage strip drops"), "\(found)")
        #expect(try !advice(text, stages: [StageDescription(name: "strip")]).contains("control character"))
    }

    @Test(
        "UTF-16 without a mark is named with its byte order, and read with the stage named", arguments: [false, true])
    func unmarkedUTF16(isBigEndian: Bool) throws {
        let text = lines(300).utf8.flatMap { isBigEndian ? [0, $0] : [$0, 0] as [UInt8] }
        let encoding = isBigEndian ? "utf-16be" : "utf-16le"
        let found = try advice(text)
        #expect(
            found.contains("UTF-16 without a byte order mark. Use --stage decode:encoding=\(encoding)."), "\(found)")
        #expect(!found.contains("control character"))
        let stage = StageDescription(name: "decode", options: ["encoding": encoding])
        let followed = try advice(text, stages: [stage])
        #expect(!followed.contains("UTF-16") && !followed.contains("control character"), "\(followed)")
    }

    @Test("line ends of Unicode are counted, and made LF by the stage that knows them")
    func unicodeLineEnds() throws {
        let text = Array((lines(300) + "a\u{2028}b\u{2029}c\u{85}").utf8)
        #expect(try report(text).text.lineEnds == LineEnds(lf: 300, unicode: 3))
        #expect(try report(text).rendered().contains("300 LF, 3 of Unicode (mixed)"))
        let remedy = "Line ends are mixed: use --stage newlines:to=lf,unicode=true."
        #expect(try advice(text).contains(remedy))
        let stage = StageDescription(name: "newlines", options: ["to": "lf", "unicode": "true"])
        #expect(try !advice(text, stages: [stage]).contains("Line ends"))
    }

    @Test("bytes that a model of bytes reads as they are get no advice for text")
    func rawBytes() throws {
        let raw = (0..<3_000).map { UInt8(truncatingIfNeeded: $0 * $0 * 7 + $0 / 3) }
        let found = try report(raw + [0, 0x0D, 0x0A, 0x0D]) { $0.pipeline = .bytes() }
        let advice = found.advice.joined(separator: "\n")
        for word in ["--repair", "NFC", "Line ends", "control character", "UTF-16"] {
            #expect(!advice.contains(word), "\(advice)")
        }
        #expect(found.rendered().contains("they are read as they"))
        let text = try report(Array((lines(20) + "\u{7}").utf8)) { $0.pipeline = .bytes() }
        #expect(text.advice.joined().contains("1 control character"))
    }

    @Test("UTF-16 with a mark is named by it, and not called UTF-16 without one")
    func markedUTF16() throws {
        let found = try advice([0xFF, 0xFE] + lines(300).utf8.flatMap { [$0, 0] as [UInt8] })
        #expect(found.contains("--stage decode:encoding=UTF-16LE, which it looks like"), "\(found)")
        #expect(!found.contains("without a byte order mark") && !found.contains("windows-1252"), "\(found)")
    }

    @Test("Another encoding is told from damage, and what is set already is not advised")
    func invalidBytes() throws {
        let greek = Array(String(repeating: "καλημέρα κόσμε ", count: 40).utf8)
        let damaged = try advice(greek + [0x92] + greek)
        #expect(damaged.contains("All else is UTF-8") && damaged.contains("--repair"), "\(damaged)")
        #expect(!damaged.contains("encoding=auto"))
        #expect(try !advice(greek + [0x92] + greek, repair: true).contains("cannot be read"))

        let shiftJIS = [UInt8](
            (0..<40).map { _ in [0x82, 0xA0, 0x82, 0xA2, 0x8E, 0x84, 0x0A] as [UInt8] }.joined())
        let foreign = try advice(shiftJIS)
        #expect(
            foreign.contains(
                "another encoding than UTF-8. Use --stage decode:encoding=Shift_JIS, which it looks like."),
            "\(foreign)")
        #expect(!foreign.contains("--repair"))
        #expect(try advice(shiftJIS, repair: true).contains("--repair destroys them"))

        let cut = try advice([0x63, 0x61, 0x66, 0xE9], stages: [Self.decodeAuto])
        #expect(!cut.contains("encoding=auto"), "\(cut)")
        let named = StageDescription(name: "decode", options: ["encoding": "utf-16le"])
        let odd = try advice([0x61, 0, 0x62, 0, 0x63], stages: [named])
        #expect(odd.contains("it is not utf-16le, or damaged") && !odd.contains("encoding=auto"), "\(odd)")
    }

    @Test("Line ends, mojibake and controls that a stage has changed are not advised on")
    func followed() throws {
        let text = Array((lines(9_000) + "a\r\nb\nit\u{E2}\u{20AC}\u{2122}s caf\u{E9}\u{7}\n").utf8)
        let found = try advice(text, stages: [StageDescription(name: "newlines", options: ["to": "keep"])])
        #expect(found.contains("--newlines lf") && found.contains("1 control character"))
        #expect(
            found.contains("--stage 'replace:pattern=\u{E2}\u{20AC}\u{2122},with=\u{2019}'."), "\(found)")
        let stages = [
            StageDescription(name: "newlines", options: ["to": "lf"]), StageDescription(name: "strip"),
            StageDescription(name: "replace", options: ["pattern": "\u{E2}\u{20AC}\u{2122}", "with": "\u{2019}"]),
        ]
        let left = try advice(text, stages: stages)
        for words in ["--newlines", "Looks like", "control character"] { #expect(!left.contains(words), "\(left)") }
    }

    @Test("Text that was wholly read as windows-1252 is turned back by the command that is named")
    func iconv() throws {
        let original = "caf\u{E9}, na\u{EF}ve: it\u{2019}s \u{20AC} 5\n"
        let mangled = String(decoding: original.utf8.map { Self.windows1252($0) }, as: UTF32.self)
        let found = try advice(Array(mangled.utf8))
        let command = try #require(
            found.firstRange(of: "iconv -f UTF-8 -t WINDOWS-1252 ").map { found[$0.lowerBound...] })
        let end = try #require(command.firstRange(of: " > FILE"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", String(command[..<end.lowerBound])]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(Array(data) == Array(original.utf8))
    }

    /// The code point of a byte of windows-1252.
    private static func windows1252(_ byte: UInt8) -> UInt32 {
        [0x82: 0x201A, 0xAC: 0xAC, 0x99: 0x2122, 0x80: 0x20AC][byte] ?? UInt32(byte)
    }

    @Test("Streams are advised only where they help")
    func streams() throws {
        let end = String(repeating: "\u{416}\u{417} ", count: 1_500)
        #expect(try !advice(Array((lines(300) + end).utf8)).contains("--split-streams 10, which"))
        let chapters = (0..<10).map { _ in lines(40) + "\u{416}\u{417}\u{418}\n" }.joined() + "\u{416}\u{416}"
        let whole = lines(400) + String(repeating: "x", count: 200) + "\u{416}"
        #expect(try advice(Array(whole.utf8)).contains("Training lacks"))
        #expect(try !advice(Array(chapters.utf8)).contains("Training lacks"))
    }

    @Test("Rare symbols: what is advised leaves a vocabulary, and is not repeated")
    func rare() throws {
        let unique = Array(String(String.UnicodeScalarView((0x4E00..<0x5000).compactMap(Unicode.Scalar.init))).utf8)
        let found = try advice(unique)
        #expect(!found.contains("one unknown symbol") && found.contains("--fallback bytes"), "\(found)")
        let few = Array((lines(9_000) + "\u{416}\u{417}\u{418}").utf8)
        #expect(try advice(few).contains("--min-count 2, which makes them one unknown symbol"))
        let followed = try report(few) { $0.vocabulary.minimumCount = 2 }.advice
        #expect(!followed.contains { $0.contains("--min-count") })
    }

    @Test("Repeated lines are removed by the stage that is named")
    func repeated() throws {
        let text = Array((lines(400) + lines(400)).utf8)
        #expect(try advice(text).contains("--stage dedupe:by=line keeps the first of each."))
        let stage = StageDescription(name: "dedupe", options: ["by": "line"])
        #expect(try !advice(text, stages: [stage]).contains("word for word"))
    }

    @Test("Invisible characters are named with their counts, and dropped by the stages that are named")
    func invisible() throws {
        let noncharacter: [UInt8] = [0xEF, 0xB7, 0x90]
        let text =
            Array((lines(9_000) + "\u{FEFF}a\u{200E}\u{200E}b\u{AD}c\u{E000}").utf8) + noncharacter
            + Array("\u{2069}d\n".utf8)
        let found = try report([0xEF, 0xBB, 0xBF] + text)
        let kinds = found.text.invisible.map { "\($0.codePoint) \($0.name) \($0.count)" }
        #expect(
            kinds.sorted() == [
                "U+00AD SOFT HYPHEN 1", "U+200E LEFT-TO-RIGHT MARK 2", "U+2069 POP DIRECTIONAL ISOLATE 1",
                "U+E000 private use 1", "U+FDD0 noncharacter 1", "U+FEFF ZERO WIDTH NO-BREAK SPACE 1",
            ], "the mark that begins the file is none")
        let line = try #require(found.advice.first { $0.hasPrefix("Invisible characters: U+200E 2 times") })
        #expect(
            line.contains("--stage strip:what=bidi+zero-width --stage 'filter:drop=[\\x{ad}\\x{e000}\\x{fdd0}]'"),
            "\(line)")
        let stages = [
            StageDescription(name: "strip", options: ["what": "controls+bidi+zero-width"]),
            StageDescription(name: "filter", options: ["drop": "[\\x{ad}\\x{e000}\\x{fdd0}]"]),
        ]
        let left = try advice(text, stages: stages)
        #expect(!left.contains("Invisible") && !left.contains("control character"), "\(left)")
    }
}
