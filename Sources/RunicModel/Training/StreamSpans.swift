/// How a text is cut into streams that are read side by side and scored once each.
///
/// Row r predicts symbols [r · share + 1, (r + 1) · share]; before that it reads `lead` symbols unscored.
struct StreamSpans {
    /// How many symbols are predicted: all but the first.
    let predicted: Int
    /// How many times every stream reads `time` symbols.
    let passes: Int
    private let share: Int
    private let lead: Int
    private let time: Int

    /// Symbols that a stream reads before those it is scored on.
    private static let warmUp = 256

    /// - Returns: nil where there is nothing to predict.
    init?(symbols: Int, streams: Int, time: Int) {
        predicted = symbols - 1
        guard predicted > 0 else { return nil }
        share = (predicted + streams - 1) / streams
        lead = streams == 1 ? 0 : Self.warmUp
        passes = (share + lead + time - 1) / time
        self.time = time
    }

    /// Which symbol a row reads at a step of a pass; it predicts the one after it.
    func position(row: Int, pass: Int, step: Int) -> Int { max(row * share - lead, 0) + pass * time + step }

    /// Whether what a row predicts at a position counts.
    func scores(_ position: Int, row: Int) -> Bool {
        position >= row * share && position < min((row + 1) * share, predicted)
    }
}
