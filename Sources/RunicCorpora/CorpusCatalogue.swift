/// The corpora known by name.
public enum CorpusCatalogue {
    /// All corpora, those with published results first.
    public static let all = benchmarks + languages

    /// The corpus with a name.
    ///
    /// - Throws: ``CorpusError/unknownName(_:known:)``.
    public static func corpus(named name: String) throws(CorpusError) -> Corpus {
        guard let corpus = all.first(where: { $0.name == name }) else {
            throw .unknownName(name, known: all.map(\.name))
        }
        return corpus
    }

    private static let repositories = "https://raw.githubusercontent.com"
    private static let largeTexts = "https://mattmahoney.net/dc"
    private static let wikipedia = "Wikipedia text of 2006: GFDL, in part CC BY-SA 3.0"

    private static let benchmarks = [
        Corpus(
            name: "tinyshakespeare", summary: "40,000 lines of Shakespeare, the first text of many character models",
            address: "\(repositories)/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e"
                + "/data/tinyshakespeare/input.txt",
            byteCount: 1_115_394, sha256: "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
            licence: "public domain"),
        Corpus(
            name: "warpeace", summary: "War and Peace as in Karpathy, Johnson and Li (2015): 87 distinct bytes, CRLF",
            address: "\(repositories)/ZihanDai2005/PSTAT_160B_Final_Project/3887971b127315af5989b79b501c0bc099ffd1f9"
                + "/data/warpeace_input.txt",
            byteCount: 3_258_246, sha256: "fb66ba999dafe24017cdd59e04c56d385a9c8466993d374fd4c6f08b2142985e",
            licence: "public domain (Maude translation)"),
        Corpus(
            name: "text8", summary: "100 MB of Wikipedia in 27 characters: letters a to z and spaces",
            address: "\(largeTexts)/text8.zip", byteCount: 100_000_000,
            sha256: "6e890197040d37d85beb962ae1f041ff1d9a9ca8d20c7d99c85027eebf51dca7", archiveByteCount: 31_344_016,
            licence: wikipedia),
        Corpus(
            name: "enwik8", summary: "the first 100 MB of an English Wikipedia dump, with its XML",
            address: "\(largeTexts)/enwik8.zip", byteCount: 100_000_000,
            sha256: "2b49720ec4d78c3c9fabaee6e4179a5e997302b3a70029f30f2d582218c024a8", archiveByteCount: 36_445_475,
            licence: wikipedia),
        Corpus(
            name: "enwik9", summary: "the first 1 GB of an English Wikipedia dump, with its XML",
            address: "\(largeTexts)/enwik9.zip", byteCount: 1_000_000_000,
            sha256: "159b85351e5f76e60cbe32e04c677847a9ecba3adc79addab6f4c6c7aa3744bc", archiveByteCount: 322_592_222,
            licence: wikipedia),
        Corpus(
            name: "names", summary: "32,000 first names, one a line, from makemore",
            address: "\(repositories)/karpathy/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4/names.txt",
            byteCount: 228_145, sha256: "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
            licence: "MIT; the names are public domain"),
        Corpus(
            name: "alice29", summary: "Alice in Wonderland, a file of the Canterbury corpus, CRLF",
            address: "\(repositories)/google/brotli/master/tests/testdata/alice29.txt",
            byteCount: 152_089, sha256: "7467306ee0feed4971260f3c87421154a05be571d944e9cb021a5713700c38f0",
            licence: "public domain"),
    ]

    private static let languages = [
        Corpus(
            name: "hongloumeng", summary: "Chinese: Dream of the Red Chamber, 4,533 distinct characters, CRLF",
            address: "\(repositories)/tennessine/corpus/c5ce96aca36c6a3cb4da5f0ff7d2d5fa30c32aea"
                + "/%E7%BA%A2%E6%A5%BC%E6%A2%A6.txt",
            byteCount: 2_522_985, sha256: "5eca888fb54188d644df70fa555dd3c9cbdd3a8d7b3034fb59f7a81e16f05dc7",
            licence: "public domain"),
        Corpus(
            name: "neko", summary: "Japanese: Natsume Soseki, I Am a Cat, kana and kanji, CRLF",
            address: "https://nlp100.github.io/data/neko.txt",
            byteCount: 975_789, sha256: "4819ee9e1b9d53bd73aee807fd2bcee644e1d43a824cff07b02f09c4421110a2",
            licence: "public domain (Aozora Bunko)"),
        Corpus(
            name: "chatbot-korean", summary: "Korean: 11,823 questions and answers as CSV, CRLF",
            address: "\(repositories)/songys/Chatbot_data/HEAD/ChatbotData.csv", fileName: "chatbot-korean.csv",
            byteCount: 889_842, sha256: "287eb129695b577321c80ad397bb3c2279164d4ca577874d129fd3db5b30afe2",
            licence: "MIT"),
        Corpus(
            name: "ramcharitmanas", summary: "Hindi: Tulsidas, first part of the Ramcharitmanas, in Devanagari",
            address: "\(repositories)/cltk/hindi_text_ltrc/ee95ed93eac51c6b230255ee562ebba9143440ad"
                + "/tulasidaas/Raamacharita_maanasa/1/main.txt",
            byteCount: 516_373, sha256: "c26969622f8c678069e60a6120a2da1f361acfc1a278686ffa3bad8354a7d146",
            licence: "public domain; the electronic text is GPL-1.0-or-later"),
        Corpus(
            name: "constitution-thai", summary: "Thai: the constitution of 2007, no spaces between words",
            address: "\(repositories)/PyThaiNLP/Thai-constitution-corpus/HEAD/data/"
                + "%E0%B8%A3%E0%B8%B1%E0%B8%90%E0%B8%98%E0%B8%A3%E0%B8%A3%E0%B8%A1%E0%B8%99%E0%B8%B9%E0%B8%8D2550.txt",
            byteCount: 644_134, sha256: "d03fd36e53ca576b6ddd314141c38499e0dbfd4a2ed51b2a68a69252c3f6e019",
            licence: "public domain"),
        Corpus(
            name: "crime-russian", summary: "Russian: Dostoevsky, Crime and Punishment",
            address: "\(repositories)/nevmenandr/word2vec-russian-novels/HEAD/books_before/CrimeAndPunishment.txt",
            byteCount: 1_916_380, sha256: "0e0a7e9ae5a1a77f6b6d110dc7445c64d733493316f5f31ad7e68f03fc82de23",
            licence: "public domain"),
    ]
}
