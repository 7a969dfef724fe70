extension Double? {
    /// The quotient; nil if a side is nil or the divisor is 0.
    static func / (left: Double?, right: Double?) -> Double? {
        guard let left, let right, right != 0 else { return nil }
        return left / right
    }
}
