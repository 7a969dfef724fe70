internal import RunicCorpora

/// A downloaded corpus, as `runic corpus get` prints it.
struct CorpusReport: Encodable {
    let name: String
    let path: String
    let bytes: Int
    let sha256: String
    let sha256IsKnown: Bool
    let licence: String
    let address: String
    let downloaded: Bool

    enum CodingKeys: String, CodingKey {
        case name, path, bytes, sha256, licence, address, downloaded
        case sha256IsKnown = "sha256_is_known"
    }

    init(_ result: CorpusResult) {
        name = result.corpus.name
        path = result.path
        bytes = result.byteCount
        sha256 = result.sha256
        sha256IsKnown = result.isVerified
        licence = result.corpus.licence
        address = result.address
        downloaded = result.isNew
    }

    /// The report as text.
    var rendered: String {
        """
        \(path)\(downloaded ? "" : ": already there")
        \(bytes) bytes, SHA-256 \(sha256)\(sha256IsKnown ? ", as expected" : ", not compared")
        licence: \(licence)
        """
    }
}
