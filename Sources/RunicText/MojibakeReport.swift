/// Characters whose UTF-8 was probably once read as windows-1252 and written as UTF-8 again, such as `Ã©` for `é`.
///
/// It is a guess: a text may mean such a sequence.
public struct MojibakeReport: Codable, Sendable, Hashable {
    /// One of them.
    public struct Place: Codable, Sendable, Hashable {
        /// The file.
        public let path: String
        /// Where in it, in bytes from its start.
        public let offset: Int
        /// What is there.
        public let found: String
        /// What was probably meant.
        public let meant: String
    }

    /// How many there are.
    public internal(set) var count = 0
    /// The first ten, in the order of the text.
    public internal(set) var first: [Place] = []
}
