import Foundation
import RunicCorpora
import Testing

@Suite("The corpora that are known by name")
struct CatalogueTests {
    @Test("Every entry is complete", arguments: CorpusCatalogue.all)
    func entries(corpus: Corpus) throws {
        let url = try #require(URL(string: corpus.address))
        #expect(url.scheme == "https" && url.host?.contains(".") == true)
        #expect(!corpus.name.isEmpty && corpus.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        #expect(corpus.fileName.hasPrefix(corpus.name + ".") && !corpus.fileName.contains("/"))
        #expect(!corpus.summary.isEmpty && !corpus.summary.contains("\n") && !corpus.licence.isEmpty)
        #expect(corpus.byteCount > 100_000)
        if let sha256 = corpus.sha256 {
            #expect(sha256.count == 64 && sha256.allSatisfy { "0123456789abcdef".contains($0) })
        }
        #expect((corpus.archiveByteCount != nil) == corpus.address.hasSuffix(".zip"))
        if let archive = corpus.archiveByteCount { #expect(archive < corpus.byteCount) }
    }

    @Test("Names, addresses and hashes occur once")
    func distinct() {
        let all = CorpusCatalogue.all
        #expect(Set(all.map(\.name)).count == all.count)
        #expect(Set(all.map(\.address)).count == all.count)
        #expect(Set(all.compactMap(\.sha256)).count == all.compactMap(\.sha256).count)
    }

    @Test("A name that is not known is refused with those that are")
    func unknown() throws {
        #expect(try CorpusCatalogue.corpus(named: "enwik8").byteCount == 100_000_000)
        let error = #expect(throws: CorpusError.self) { try CorpusCatalogue.corpus(named: "enwik7") }
        #expect(error?.description.hasPrefix("unknown corpus enwik7; use one of tinyshakespeare, warpeace") == true)
    }
}
