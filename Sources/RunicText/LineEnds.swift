/// How many line ends of each kind a text has.
public struct LineEnds: Codable, Sendable, Hashable {
    /// Line feeds alone.
    public var lf = 0
    /// Carriage return and line feed.
    public var crlf = 0
    /// Carriage returns alone.
    public var cr = 0

    /// Whether there is more than one kind.
    public var isMixed: Bool { [lf, crlf, cr].count { $0 > 0 } > 1 }
}
