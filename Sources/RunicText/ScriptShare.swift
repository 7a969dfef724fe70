/// The part of a text that is written in one script.
public struct ScriptShare: Codable, Sendable, Hashable {
    /// Unicode's name of the script, such as `Devanagari`; punctuation and digits are `Common`.
    public let script: String
    /// Its code points in the original text.
    public let codePoints: Int
    /// Its part of all code points, 0 to 1.
    public let share: Double

    private enum CodingKeys: String, CodingKey {
        case script, share
        case codePoints = "code_points"
    }
}
