extension [Double] {
    /// The median, which is the mean of the middle two for an even count; nil if empty.
    var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
