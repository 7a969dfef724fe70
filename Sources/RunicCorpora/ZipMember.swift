internal import RunicFiles

/// Unpacks a zip file with a single member, from start to end.
///
/// PKWARE's APPNOTE 6.3: a local header, the deflated data, its CRC-32 in the header or after the data, the directory.
struct ZipMember {
    /// The first bytes of a zip file.
    static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    private static let descriptorMagic: [UInt8] = [0x50, 0x4B, 0x07, 0x08]
    private static let headerSize = 30
    private static let deflate = 8
    private static let isEncrypted = 1
    private static let hasDescriptor = 8

    private let file: OpenFile
    private let address: String
    private var bytes: [UInt8] = []
    private var position = 0

    /// - Parameter address: where the zip file came from, for messages.
    init(_ file: OpenFile, address: String) {
        self.file = file
        self.address = address
    }

    /// Passes the member's bytes to `sink`, block by block.
    ///
    /// - Throws: ``CorpusError/archive(address:reason:)`` if the file is not such a zip file or is damaged; and what `sink` throws.
    mutating func unpack(_ sink: ([UInt8]) throws(CorpusError) -> Void) throws(CorpusError) {
        try CorpusError.wrapping(file.seek(to: 0))
        let header = try take(Self.headerSize)
        let flags = Self.number(header, at: 6, bytes: 2)
        guard header.starts(with: Self.magic), flags & Self.isEncrypted == 0,
            Self.number(header, at: 8, bytes: 2) == Self.deflate
        else { throw damage("it is not a zip file with a deflated member") }
        _ = try take(Self.number(header, at: 26, bytes: 2) + Self.number(header, at: 28, bytes: 2))
        let crc = try inflate(sink)
        var expected = Self.number(header, at: 14, bytes: 4)
        if flags & Self.hasDescriptor != 0 {
            let first = try take(4)
            expected = Self.number(first == Self.descriptorMagic ? try take(4) : first, at: 0, bytes: 4)
        }
        guard crc == UInt(expected) else { throw damage("the zip file is damaged: the CRC-32 of its member is wrong") }
    }

    private mutating func inflate(_ sink: ([UInt8]) throws(CorpusError) -> Void) throws(CorpusError) -> UInt {
        guard var inflater = Inflater() else { throw damage("there is not enough memory to unpack it") }
        var crc: UInt = 0
        while true {
            guard let step = inflater.step(bytes, from: position) else {
                throw damage("the zip file is damaged: its data cannot be unpacked")
            }
            position += step.consumed
            crc = Inflater.crc(crc, step.bytes)
            if !step.bytes.isEmpty { try sink(step.bytes) }
            if step.isComplete { return crc }
            if step.consumed == 0 && step.bytes.isEmpty { try fill() }
        }
    }

    private mutating func take(_ count: Int) throws(CorpusError) -> [UInt8] {
        while bytes.count - position < count { try fill() }
        defer { position += count }
        return [UInt8](bytes[position..<position + count])
    }

    private mutating func fill() throws(CorpusError) {
        let next = try CorpusError.wrapping(file.read())
        guard !next.isEmpty else { throw damage("the zip file ends too early") }
        bytes.removeFirst(position)
        bytes += next
        position = 0
    }

    private func damage(_ reason: String) -> CorpusError { .archive(address: address, reason: reason) }

    private static func number(_ bytes: [UInt8], at offset: Int, bytes count: Int) -> Int {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
