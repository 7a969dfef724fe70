extension Int {
    /// The digits with a comma after every three, the same in every locale.
    package var grouped: String {
        let digits = Array(String(magnitude))
        let cut = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }
        return (self < 0 ? "−" : "") + cut.joined()
    }
}
