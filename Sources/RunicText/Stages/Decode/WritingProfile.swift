/// What the code points of a text cost in a language: about −ln of their probability, in nats.
///
/// Encodings are told apart by it: the right one gives the letters that a language uses, a wrong one gives others. The figures are
/// coarse; what counts is the sum over many letters.
struct WritingProfile: Sendable {
    private let costs: [UInt32: Double]
    /// The cost of other code points of a block.
    private let blocks: [(range: ClosedRange<UInt32>, cost: Double)]

    /// - Parameters:
    ///   - ranked: lower-case letters, the most frequent first; each costs `step` more than the one before it.
    ///   - first: the cost of the most frequent letter.
    ///   - capital: what a capital costs more.
    private init(
        _ ranked: String, first: Double, step: Double, capital: Double = 2,
        blocks: [(range: ClosedRange<UInt32>, cost: Double)] = []
    ) {
        var costs: [UInt32: Double] = [:]
        for (rank, scalar) in ranked.unicodeScalars.enumerated() {
            let cost = first + step * Double(rank)
            costs[scalar.value] = cost
            let upper = scalar.properties.uppercaseMapping.unicodeScalars
            if let one = upper.first, upper.count == 1, one != scalar { costs[one.value] = cost + capital }
        }
        self.costs = costs
        self.blocks = blocks
    }

    /// A language in Latin letters, by those that ASCII lacks.
    private static func latin(_ letters: String) -> WritingProfile {
        WritingProfile(letters, first: 4, step: 0.05)
    }

    /// The cost of a code point that ASCII lacks.
    func cost(of codePoint: UInt32) -> Double {
        costs[codePoint] ?? blocks.first { $0.range.contains(codePoint) }?.cost ?? Self.foreign(codePoint)
    }

    /// The cost of a code point that is no letter of the language.
    private static func foreign(_ codePoint: UInt32) -> Double {
        switch codePoint {
        case 0x2019: 3.5
        case 0x2018, 0x201A, 0x201C...0x201E, 0x2013, 0x2014, 0x2026, 0xAB, 0xBB, 0x2039, 0x203A: 4.5
        case 0xA0, 0x3001, 0x3002, 0x300C, 0x300D: 5
        case 0xB7, 0xA1, 0xBF, 0x2022, 0x2116: 6.5
        case 0xA2...0xA9, 0xAE, 0xB0, 0xBA, 0xAA, 0x20AC, 0x2122, 0x2030: 7.5
        case 0xC0...0x24F where codePoint != 0xD7 && codePoint != 0xF7: 9
        case 0x80..<0xA0, 0xFFF0...0xFFFF: 14
        case 0xE000..<0xF900: 12
        case 0x2500..<0x25A0: 10.5
        case 0x4E00..<0xA000: 9
        case 0x3000..<0x3040, 0xFF01..<0xFF61: 7
        case 0x370..<0x530: 9.5
        default: codePoint > 0xFFFF ? 12 : 10
        }
    }

    private static let cjkMarks: [(range: ClosedRange<UInt32>, cost: Double)] = [
        (0x3000...0x303F, 4.5), (0xFF01...0xFF60, 5.5),
    ]
    private static let simplified =
        "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方"
        + "成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知全点实业外儿相已又她什样把做真开手听话问头"
    private static let traditional =
        "的一是不了人我在有他這為之大來以個中上們到說國和地也子時道出而要於就下得可你年生自會那後能對著事其裡所去行過家十用發天如然作方"
        + "成者多日都三小軍二無同麼經法當起與好看學進種將還分此心前面又定見只主沒公從知全點實業外兒相已又她什樣把做真開手聽話問頭權"
    private static let japanese =
        "のにたいはをとるがしでてなあれさっもきらこりうすまだくかっんそえよつけおじみせめわばどひちろやへべごげびぶむずゃょゅぎざ"
        + "一日人年大十二本中出三時行見月生国分上気私事自者前手思間子彼方何言今入下来立女会男家目地中長小高同合的学場"

    /// The languages that are told apart.
    static let all: [WritingProfile] =
        [
            "éèàêçîùôâûëïœæ", "äüößéà", "áéíóúñü", "ãçáéíóõêâúôà", "àèéìòù", "åäöøæé", "áðéíóúýþæö",
            "ąęłóśżćńź", "áíéěščřžýůúťďňó", "áíéčšžýúťďňľôäĺŕó", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "ışğüçöİâî",
            "ėšžųįąęčū", "āīēšņļčģķžū", "äõöüšž", "àèéíïòóúüç",
        ].map(latin)
        + [
            WritingProfile("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", first: 2.2, step: 0.13),
            WritingProfile("оаинетврсіклудмпзяьбгйчхцжїюєшщфґ", first: 2.2, step: 0.14),
            WritingProfile("аоиенртсвлдкпмзујбгчшцђжфхљњћџ", first: 2.2, step: 0.14),
            WritingProfile("αοιετσνηυρπκμλωςγδθχφβξζψάέίόήύώϊϋΐΰ", first: 2.2, step: 0.11),
            WritingProfile("יוהלאמרתבשנעםדקחפכטסזגןצץךף", first: 2.2, step: 0.12),
            WritingProfile(
                "اليمنوترةبعدسفكهقحجشطصخضذئءزثىظؤغآأإ", first: 2.2, step: 0.13,
                blocks: [(0x64B...0x652, 6), (0x60C...0x61F, 5.5)]),
            WritingProfile(
                "านรกอเงยมลวดทสตปบคหแจพชขใไโผธศณ่้ิีัะำ็ืุู์ึ", first: 2.4, step: 0.06,
                blocks: [(0xE01...0xE3A, 7.5), (0xE40...0xE4E, 7), (0xE4F...0xE5B, 9)]),
            WritingProfile(simplified, first: 4.2, step: 0.012, blocks: cjkMarks),
            WritingProfile(traditional, first: 4.2, step: 0.012, blocks: cjkMarks),
            WritingProfile(
                japanese, first: 3, step: 0.025, blocks: [(0x3041...0x3096, 5), (0x30A1...0x30FC, 5)] + cjkMarks),
            WritingProfile(
                "이다는에을의가고하지로은기사도를리한어대자인시있게서나그것아해라수일만들정",
                first: 3.6, step: 0.04, blocks: [(0xAC00...0xD7A3, 7)] + cjkMarks),
        ]

    /// What the neighbours of code points cost, in any language: letters of two scripts in a word, a capital after a small letter, a
    /// symbol within a word, a Thai mark without its letter.
    static func contextCost(_ text: String.UnicodeScalarView) -> Double {
        var cost = 0.0
        var last = Letter.none
        var isSymbolAfterLetter = false
        for scalar in text {
            let letter = Letter(scalar)
            switch (last, letter) {
            case (.none, .thaiMark): cost += 5
            case (.thai, .thaiMark), (.thaiMark, .thaiMark), (.thaiMark, .thai), (.thai, .thai): break
            case (_, .none), (.none, _): break
            case (.of(let before, let small), .of(let script, let isSmall)):
                if before != script { cost += 5 } else if small == true && isSmall == false { cost += 5 }
            default: cost += 5
            }
            if letter == .none {
                isSymbolAfterLetter = last != .none && scalar.value >= 0x80 && !joins(scalar.value)
            } else {
                if isSymbolAfterLetter, letter.isAlphabetic { cost += 5 }
                isSymbolAfterLetter = false
            }
            last = letter
        }
        return cost
    }

    /// Whether a symbol may be within a word, or joins sentences of scripts without spaces.
    private static func joins(_ value: UInt32) -> Bool {
        switch value {
        case 0xA0, 0xAD, 0xB7, 0x2010...0x2015, 0x2019, 0x2026, 0x3000..<0x3040, 0xFF01..<0xFF61: true
        default: false
        }
    }

    private enum Letter: Equatable {
        case none, thai, thaiMark
        /// A script, and whether the letter is small; nil for scripts without case.
        case of(UInt32, Bool?)

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x41...0x5A: self = .of(0, false)
            case 0x61...0x7A: self = .of(0, true)
            case 0..<0xAA: self = .none
            case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E: self = .thaiMark
            case 0xE01...0xE46: self = .thai
            case 0x3041...0x30FF, 0x4E00..<0xA000: self = .of(4, nil)
            default:
                let properties = scalar.properties
                guard properties.isAlphabetic else {
                    self = .none
                    return
                }
                let script: UInt32 =
                    switch scalar.value {
                    case ..<0x250: 0
                    case 0x370..<0x400: 1
                    case 0x400..<0x530: 2
                    case 0x590..<0x600: 3
                    case 0xAC00..<0xD7A4: 1_000
                    default: scalar.value >> 8
                    }
                self = .of(script, properties.isLowercase ? true : properties.isUppercase ? false : nil)
            }
        }

        /// Whether words of its script have spaces between them.
        var isAlphabetic: Bool {
            if case .of(let script, _) = self { return script <= 3 }
            return false
        }
    }
}
