/// A part of a file that is staged and segmented apart from the rest.
struct TextChunk {
    /// Its place among all pieces of a corpus.
    var index = 0
    /// The file it is of, by its place in the source.
    var file = 0
    /// Where it begins in the file, in bytes.
    var offset = 0
    /// Whether the file begins elsewhere.
    var isContinuation = false
    /// The text.
    var bytes: [UInt8] = []
}
