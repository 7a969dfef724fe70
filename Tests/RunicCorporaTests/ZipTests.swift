import Testing

@testable import RunicCorpora

@Suite("Zips with one member")
struct ZipTests {
    private let place: Place

    init() throws { place = try Place() }

    /// A zip (APPNOTE 6.3) whose deflated data are stored blocks (RFC 1951, 3.2.4), without the directory after them.
    private func zip(crc: UInt32? = nil, isDescribed: Bool = false, method: UInt8 = 8) -> [UInt8] {
        let sum = little(crc ?? Self.crc(place.text))
        var bytes: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0, isDescribed ? 8 : 0, 0, method, 0, 0, 0, 0, 0]
        bytes += (isDescribed ? [0, 0, 0, 0] : sum) + [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 3, 0] + Array("textxyz".utf8)
        let pieces = stride(from: 0, to: place.text.count, by: 2000).map { Array(place.text[$0...].prefix(2000)) }
        for (index, piece) in pieces.enumerated() {
            let count = UInt16(piece.count)
            bytes.append(index == pieces.count - 1 ? 1 : 0)
            bytes += [count, ~count].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] } + piece
        }
        if isDescribed { bytes += [0x50, 0x4B, 7, 8] + sum + [0, 0, 0, 0, 0, 0, 0, 0] }
        return bytes
    }

    private func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    /// The CRC-32 bit by bit.
    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }

    @Test("A zip is unpacked, and the zip is gone", arguments: [false, true])
    func unpacked(isDescribed: Bool) throws {
        let zip = zip(isDescribed: isDescribed)
        let result = try place.fetch(place.corpus(zip: zip), ScriptedTransport([.whole(zip)]))
        #expect(place.bytes() == place.text && place.names == ["corpus.txt"] && result.byteCount == place.text.count)
    }

    @Test("A mirror may have the text itself; the publisher may not")
    func mirror() throws {
        let corpus = place.corpus(zip: zip())
        #expect(throws: CorpusError.self) { try place.fetch(corpus, ScriptedTransport([.whole(place.text)])) }
        let transport = ScriptedTransport([.whole(place.text)])
        #expect(try place.fetch(corpus, transport, from: "http://example.net/text").isNew)
        #expect(place.bytes() == place.text)
    }

    @Test("Every truncation is refused, and nothing is kept")
    func truncations() throws {
        let zip = zip(isDescribed: true)
        for count in [0, 3, 4, 29, 30, 36, 37, 38, 41, 42, 2000, 2042, 5030, zip.count - 12, zip.count - 9] {
            let short = Array(zip.prefix(count))
            // The size of the shortened zip is taken for the right one, so that only unpacking can tell.
            let transport = ScriptedTransport([.whole(short)])
            let error = #expect(throws: CorpusError.self) {
                try place.fetch(place.corpus(isHashed: false, zip: short), transport)
            }
            switch error {
            case .archive, .size: break
            default: Issue.record("\(count): \(error.map { "\($0)" } ?? "")")
            }
            #expect(place.names == [])
        }
    }

    @Test("A wrong CRC-32, another method and a damaged block are refused without any hash")
    func damage() throws {
        var broken = zip()
        broken[38] ^= 0xFF
        for bytes in [zip(crc: 1), zip(method: 0), broken] {
            let transport = ScriptedTransport([.whole(bytes)])
            let error = #expect(throws: CorpusError.self) {
                try place.fetch(place.corpus(isHashed: false, zip: bytes), transport)
            }
            guard case .archive(Place.address, _) = error else { throw try #require(error) }
            #expect(place.names == [])
        }
    }

    @Test("A zip that unpacks to more than the text is stopped")
    func bomb() throws {
        let zip = zip()
        let corpus = Corpus(
            name: "corpus", summary: "", address: Place.address, byteCount: 3000, sha256: nil,
            archiveByteCount: zip.count, licence: "")
        #expect(throws: CorpusError.size(address: Place.address, expected: [3000], found: nil)) {
            try place.fetch(corpus, ScriptedTransport([.whole(zip)]))
        }
        #expect(place.names == [])
    }
}
