/// Whether a vocabulary has a symbol that stands for all others.
public enum UnknownRule: String, Codable, CaseIterable, Sendable {
    /// It has one.
    case always
    /// It has none; rare symbols are an error.
    case never
    /// It has one if there are rare symbols.
    case whenNeeded = "when-needed"
}
