/// What becomes of line ends.
public enum NewlineRule: String, Codable, CaseIterable, Sendable {
    /// They stay as they are.
    case keep
    /// CR LF and CR become LF.
    case lf
}
