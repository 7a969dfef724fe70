internal import Foundation

/// Formats numbers for people.
public enum NumberFormat {
    /// A loss with four decimals.
    public static func nats(_ value: Double) -> String { fixed(value, 4) }

    /// A change of a loss, with its sign and six decimals.
    public static func change(_ value: Double) -> String {
        value.isFinite ? (value < 0 ? "−" : "+") + fixed(abs(value), 6) : "-"
    }

    /// A number with a fixed count of decimals; `-` if it is not finite.
    public static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "-" }
        return String(format: "%.\(digits)f", value)
    }

    /// A figure that is usually small: with a fixed count of decimals, or in short form from a million on, such as `7.73e10`;
    /// `-` if it is not finite.
    public static func figure(_ value: Double, _ digits: Int = 4) -> String {
        guard value.isFinite, abs(value) >= 1e6 else { return fixed(value, digits) }
        let exponent = Int(log10(abs(value)).rounded(.down))
        let shown = fixed(value / pow(10, Double(exponent)), 2)
        // 9.999e6 is 10.00e6 after rounding.
        guard shown.hasSuffix("10.00") else { return "\(shown)e\(exponent)" }
        return fixed(value / pow(10, Double(exponent + 1)), 2) + "e\(exponent + 1)"
    }

    /// A fraction, 0 to 1, in percent, such as `0.25 %`.
    package static func percent(_ fraction: Double) -> String {
        let value = fraction * 100
        return value > 0 && value < 0.01 ? "less than 0.01 %" : fixed(value, value < 1 ? 2 : 1) + " %"
    }

    /// Replaces a missing number in a table.
    public static let missing = "–"

    /// The decimals that show two digits of an uncertainty.
    ///
    /// - Parameter usual: the decimals if the uncertainty is zero.
    /// - Returns: 0 to 6.
    public static func decimals(uncertainty: Double, usual: Int = 4) -> Int {
        guard uncertainty > 0 && uncertainty.isFinite else { return usual }
        return min(max(1 - Int(log10(uncertainty).rounded(.down)), 0), 6)
    }

    /// A count with a letter for thousands, such as `4.3M`.
    public static func count(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        switch abs(value) {
        case ..<1_000: return fixed(value, 0)
        case ..<10_000: return fixed(value / 1_000, 2) + "k"
        case ..<1_000_000: return fixed(value / 1_000, value < 100_000 ? 1 : 0) + "k"
        default: return fixed(value / 1_000_000, value < 100_000_000 ? 2 : 0) + "M"
        }
    }

    /// A duration such as `1:05` or `2:03:09`.
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "-" }
        let whole = Int(seconds.rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }
}

extension Int {
    /// The digits with a comma after every three, the same in every locale.
    package var grouped: String {
        let digits = Array(String(magnitude))
        let marked = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }
        return (self < 0 ? "−" : "") + marked.joined()
    }
}
