/// A Unicode normalisation form (UAX #15), or none.
public enum NormalizationForm: String, Codable, CaseIterable, Sendable {
    case nfc
    case nfd
    case nfkc
    case nfkd
    /// NFKC with case folding; default-ignorable code points are removed.
    case nfkcCasefold = "nfkc-casefold"
    /// The text stays as it is.
    case none

    /// Whether texts that differ in their bytes come out different unless Unicode calls them canonically equivalent.
    public var isLossless: Bool {
        switch self {
        case .nfc, .nfd, .none: true
        case .nfkc, .nfkd, .nfkcCasefold: false
        }
    }
}
