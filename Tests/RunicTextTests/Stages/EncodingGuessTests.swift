import Foundation
import RunicTesting
import Testing

@testable import RunicText

@Suite("Guessed encodings")
struct EncodingGuessTests {
    /// A text in one of Python's codecs.
    struct Case: Sendable, CustomTestStringConvertible {
        let codec: String
        let text: String

        init(_ codec: String, _ text: String) { (self.codec, self.text) = (codec, text) }

        var testDescription: String { "\(codec): \(text.prefix(16))" }
    }

    private static let czech = "Příliš žluťoučký kůň úpěl ďábelské ódy. Šel žák do školy a žena šla s ním.\n"
    private static let russian = "Это русский текст, по которому можно узнать, на каком он языке и в какой кодировке.\n"
    private static let greek = "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. Ο άνθρωπος είναι από τη φύση του πολιτικό ζώο.\n"
    private static let french = "Il a été reçu à l'hôtel, où la fenêtre était déjà ouverte : ça ne gêne pas.\n"
    private static let japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n"
    private static let german = "Die Mädchen hören schöne Grüße aus München.\n"

    @Test(
        "are right, or come with a warning",
        arguments: [
            Case("cp1250", czech), Case("iso8859-2", czech), Case("cp852", czech), Case("cp1251", russian),
            Case("koi8-r", russian), Case("cp866", russian), Case("iso8859-5", russian), Case("cp1253", greek),
            Case("iso8859-7", greek), Case("latin-1", french), Case("cp1252", "« " + french + "»"),
            Case("mac-roman", french), Case("cp437", german), Case("cp850", german), Case("latin-1", german),
            Case("latin-1", "Não há razão para não irmos à praia amanhã, disse a mãe às crianças.\n"),
            Case("latin-1", "Hän näki metsässä pienen kylän ja söi siellä.\n"),
            Case("cp1254", "Şimdi çok güzel bir gün, dışarı çıkıp yürüyüş yapalım; ağaçlar yeşil.\n"),
            Case("cp1255", "בראשית ברא אלהים את השמים ואת הארץ\n"),
            Case("cp1256", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق\n"),
            Case("tis-620", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ\n"),
            Case("shift_jis", japanese), Case("euc-jp", japanese), Case("iso2022_jp", japanese),
            Case("gb18030", "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。\n"),
            Case("big5", "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。\n"),
            Case("euc-kr", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.\n"),
            Case("utf-16-le", "Plain words without a mark.\n"), Case("utf-16-be", "Plain words without a mark.\n"),
            Case("utf-32-le", "Plain words without a mark.\n"),
        ])
    func guesses(sample: Case) throws {
        let encoded = try python(
            """
            import sys
            sys.stdout.buffer.write(open(sys.argv[1], encoding='utf-8', newline='').read().encode('\(sample.codec)'))
            """, bytes(sample.text))
        for size in [3, encoded.count] {
            var stage = GuessingDecodeStage(errors: .replace, mark: .drop, path: "x.txt")
            let found = String(decoding: try run(&stage, chunks(encoded, of: size)), as: UTF8.self)
            #expect(found == sample.text, "\(stage.remarks)")
            #expect(stage.remarks.count == 1)
        }
    }

    @Test("a doubtful guess is a warning that names the second guess")
    func doubtful() throws {
        var stage = GuessingDecodeStage(errors: .stop, mark: .drop, path: "x.txt")
        _ = try run(&stage, [bytes("a caf") + [0xE9]])
        let warning = try #require(stage.warnings.first)
        #expect(stage.remarks == stage.warnings)
        #expect(warning.contains("; it may be ") && warning.contains("--stage decode:encoding="))
        var sure = GuessingDecodeStage(errors: .stop, mark: .drop, path: "x.txt")
        _ = try run(&sure, [try #require(Self.french.data(using: .isoLatin1)).map { $0 }])
        #expect(sure.warnings.isEmpty && sure.remarks.count == 1)
    }

    /// More of a text than is examined before its encoding is decided.
    private static func long(_ line: [UInt8]) -> [UInt8] {
        Array(repeatElement(line, count: GuessingDecodeStage.windowLength / line.count + 1_000).joined())
    }

    @Test("a text that begins as UTF-8 and goes on in another encoding is an error with both, or counted")
    func laterLegacy() throws {
        let start = Self.long(bytes(Self.french))
        let legacy = try #require(Self.french.data(using: .isoLatin1)).map { $0 }
        let text = start + legacy
        let offset = start.count + (try #require(legacy.firstIndex { $0 >= 0x80 }))
        for size in [1 << 16, 1 << 20, text.count] {
            var stage = GuessingDecodeStage(errors: .stop, mark: .drop, path: "x.txt")
            let error = #expect(throws: TextError.self) { try run(&stage, chunks(text, of: size)) }
            #expect(
                error == .mixedEncodings(path: "x.txt", offset: offset, beginning: "UTF-8", rest: "ISO-8859-1"))
        }
        #expect(
            TextError.mixedEncodings(path: "x.txt", offset: 9, beginning: "UTF-8", rest: "ISO-8859-1").description
                == "x.txt: it begins as UTF-8, and from byte 9 on it looks like ISO-8859-1; cut it there, or read all of it as one "
                + "with --stage decode:encoding=utf-8 --repair, or with --stage decode:encoding=ISO-8859-1")
        var repairing = GuessingDecodeStage(errors: .replace, mark: .drop, path: "x.txt")
        _ = try run(&repairing, [text])
        #expect(repairing.repairedBytes > 0 && repairing.takeFirstRepair() == offset)
    }

    @Test("a bad byte late in UTF-8 is damage, which --repair mends")
    func lateDamage() throws {
        let text = Self.long(bytes(Self.french)) + [0x92] + bytes(Self.french)
        var stage = GuessingDecodeStage(errors: .stop, mark: .drop, path: "x.txt")
        let error = #expect(throws: TextError.self) { try run(&stage, chunks(text, of: 1 << 18)) }
        #expect(try #require(error).description.contains("keep it UTF-8 with --repair"))
    }

    @Test(
        "a text that was guessed and goes on in UTF-8 is an error with both, or a warning",
        arguments: [("latin-1", french), ("cp1251", russian), ("utf-16-le", "Plain words without a mark.\n")])
    func laterUTF8(codec: String, line: String) throws {
        let encoded = try python(
            "import sys; sys.stdout.buffer.write(open(sys.argv[1], encoding='utf-8').read().encode('\(codec)'))",
            bytes(line))
        let start = Self.long(encoded)
        let text = start + Array(repeatElement(bytes(line), count: 4_000).joined())
        for errors in [DecodeStage.Errors.stop, .replace] {
            var stage = GuessingDecodeStage(errors: errors, mark: .drop, path: "x.txt")
            if errors == .replace {
                _ = try run(&stage, chunks(text, of: 1 << 18))
                #expect(stage.warnings.contains { $0.contains("on it looks like UTF-8") }, "\(stage.warnings)")
                continue
            }
            let error = #expect(throws: TextError.self) { try run(&stage, chunks(text, of: 1 << 18)) }
            guard case .mixedEncodings(_, let offset, _, "UTF-8") = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(offset > start.count - (1 << 16) && offset < start.count + (1 << 17))
            // The same text without its end is read.
            var good = GuessingDecodeStage(errors: .stop, mark: .drop, path: "x.txt")
            #expect(try run(&good, chunks(start, of: 1 << 18)).starts(with: bytes(line)))
            #expect(good.warnings.isEmpty)
        }
    }

    @Test("a text that ends within a character is UTF-8")
    func cut() throws {
        for text in [[0x61, 0x62, 0xE2, 0x82], bytes("é, é") + [0xC3]] as [[UInt8]] {
            #expect(EncodingVerdict(text, isWhole: true).isUTF8)
        }
        #expect(EncodingVerdict([0x61, 0x62, 0xE2, 0x82], isWhole: false) == .utf8)
    }

    @Test("few ill-formed sequences among many well-formed ones are errors, and many are another encoding")
    func evidence() {
        for count in [2, 20, 2_000] {
            let text = bytes(String(repeating: "a — b. ", count: count))
            let bad = EncodingVerdict(text + [0x92] + text, isWhole: true)
            guard case .damagedUTF8(let found, _) = bad else {
                Issue.record("\(bad)")
                return
            }
            #expect(found.count == 1 && found.offset == text.count && found.sequences == 2 * count)
        }
        let legacy = Array(repeatElement([0x61, 0xE9, 0x20, 0xE8, 0x73, 0x20] as [UInt8], count: 400).joined())
        #expect(!EncodingVerdict(legacy + bytes("é"), isWhole: true).isUTF8)
    }
}
