extension [Double] {
    /// The value in the middle, the mean of the two there for an even count; nil for none.
    var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
