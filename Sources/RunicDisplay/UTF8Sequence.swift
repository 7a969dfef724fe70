/// The bytes of an unfinished character, and those that can follow (The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte
/// Sequences").
public struct UTF8Sequence: Sendable, Hashable {
    /// The bytes of the unfinished character; none between characters.
    public private(set) var bytes: [UInt8] = []

    /// Creates a sequence between characters.
    public init() {}

    /// The bytes that can continue the unfinished character; nil between characters, where `begins` says what can follow.
    public var continuation: ClosedRange<UInt8>? {
        guard let lead = bytes.first else { return nil }
        return bytes.count == 1 ? Self.second(after: lead) : 0x80...0xBF
    }

    /// Whether a byte can come next.
    public func accepts(_ byte: UInt8) -> Bool { continuation?.contains(byte) ?? Self.begins(byte) }

    /// Whether a byte can begin a character.
    public static func begins(_ byte: UInt8) -> Bool { length(from: byte) > 0 }

    /// The length of a character that begins with a byte; 0 if none does.
    public static func length(from lead: UInt8) -> Int {
        switch lead {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }

    /// The bytes that can follow the first one of a character.
    public static func second(after lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }

    /// Takes the next byte.
    ///
    /// - Returns: the complete character if this byte is its last, else nothing.
    /// - Precondition: the byte can follow: see ``accepts(_:)``.
    public mutating func take(_ byte: UInt8) -> [UInt8] {
        precondition(accepts(byte), "byte \(byte) after \(bytes)")
        bytes.append(byte)
        guard let lead = bytes.first, bytes.count == Self.length(from: lead) else { return [] }
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// Drops an unfinished character.
    public mutating func reset() { bytes.removeAll(keepingCapacity: true) }
}
