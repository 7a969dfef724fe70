internal import RunicCorpora

/// The known corpora, as `runic corpus list` prints them.
struct CorpusListing: Encodable {
    let corpora = CorpusCatalogue.all.map(Entry.init)

    struct Entry: Encodable {
        let corpus: Corpus

        enum CodingKeys: String, CodingKey {
            case name, description, address, file, bytes, sha256, licence
            case archiveBytes = "archive_bytes"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(corpus.name, forKey: .name)
            try container.encode(corpus.summary, forKey: .description)
            try container.encode(corpus.address, forKey: .address)
            try container.encode(corpus.fileName, forKey: .file)
            try container.encode(corpus.byteCount, forKey: .bytes)
            // Null is written too, so that every entry has the same keys.
            try container.encode(corpus.sha256, forKey: .sha256)
            try container.encode(corpus.archiveByteCount, forKey: .archiveBytes)
            try container.encode(corpus.licence, forKey: .licence)
        }
    }

    /// The listing as text.
    var rendered: String {
        let width = CorpusCatalogue.all.map(\.name.count).max() ?? 0
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        return CorpusCatalogue.all.map { corpus in
            let name = corpus.name + String(repeating: " ", count: width - corpus.name.count)
            return "\(name)  \(right("\(corpus.byteCount)", 10))  \(corpus.summary); \(corpus.licence)"
        }.joined(separator: "\n")
    }
}
