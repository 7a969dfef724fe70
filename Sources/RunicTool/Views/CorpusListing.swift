internal import RunicCorpora
internal import RunicDisplay

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
    ///
    /// - Parameter columns: the width to fit; nil is no limit.
    func rendered(columns: Int?) -> String {
        var table = TextTable(alignments: [.left, .right, .prose])
        for corpus in CorpusCatalogue.all {
            table.add([corpus.name, "\(corpus.byteCount)", "\(corpus.summary); \(corpus.licence)"])
        }
        return table.text(columns: columns)
    }
}
