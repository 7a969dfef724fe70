/// The division of a text into streams that are read in parallel, so that each symbol is scored once.
///
/// Row r predicts symbols [r · length + 1, (r + 1) · length]; before that it reads `lead` symbols unscored.
struct StreamSpans {
    /// The number of predicted symbols: all except the first.
    let predicted: Int
    /// The number of times that every stream reads `time` symbols.
    let passes: Int
    private let length: Int
    private let lead: Int
    private let time: Int

    /// The number of symbols that a stream reads before its scored ones.
    private static let warmUp = 256

    /// - Returns: nil if there is nothing to predict.
    init?(symbols: Int, streams: Int, time: Int) {
        predicted = symbols - 1
        guard predicted > 0 else { return nil }
        length = (predicted + streams - 1) / streams
        lead = streams == 1 ? 0 : Self.warmUp
        passes = (length + lead + time - 1) / time
        self.time = time
    }

    /// The index of the symbol that a row reads at a step of a pass; it predicts the next one.
    func position(row: Int, pass: Int, step: Int) -> Int { max(row * length - lead, 0) + pass * time + step }

    /// Whether a row's prediction at a position is scored.
    func scores(_ position: Int, row: Int) -> Bool {
        position >= row * length && position < min((row + 1) * length, predicted)
    }
}
