/// A Unicode normalisation form (UAX #15), or none.
public enum NormalizationForm: String, Codable, CaseIterable, Sendable {
    case nfc
    case nfd
    case nfkc
    case nfkd
    /// NFKC with case folding; default-ignorable code points are removed.
    case nfkcCasefold = "nfkc-casefold"
    /// The text is unchanged.
    case none

    /// Whether different texts stay different unless they are canonically equivalent.
    public var isLossless: Bool {
        switch self {
        case .nfc, .nfd, .none: true
        case .nfkc, .nfkd, .nfkcCasefold: false
        }
    }
}
