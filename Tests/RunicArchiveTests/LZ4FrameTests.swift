import Testing

@testable import RunicArchive

@Suite("An LZ4 frame")
struct LZ4FrameTests {
    @Test("gives back its content, for sizes around a block", arguments: [1, 63, 4 << 20, (4 << 20) + 1, 9_000_001])
    func roundTrip(size: Int) throws {
        let content = Samples.content(size)
        #expect(try unpack(pack(content), limit: size) == content)
    }

    @Test("declares content size, both kinds of checksum and independent blocks")
    func flags() throws {
        let content = [UInt8](repeating: 7, count: 5 << 20)
        let frame = try pack(content)
        #expect(Array(frame[0..<4]) == [0x04, 0x22, 0x4D, 0x18])
        #expect(frame[4] == 0b0111_1100)
        #expect(frame[5] == 0x70)
        #expect(Array(frame[6..<14]) == Samples.littleEndian(UInt64(content.count)))
        #expect(frame[14] == FrameHeader.checksum(Array(frame[4..<14])))
    }

    @Test("is refused above the caller's limit before memory is taken")
    func limit() throws {
        let frame = try pack([UInt8](repeating: 1, count: 1000))
        #expect(throws: ArchiveError.tooLarge(path: "m.runic", byteCount: 1000, limit: 999)) {
            try unpack(frame, limit: 999)
        }
        #expect(try unpack(frame, limit: 1000).count == 1000)
    }

    @Test(
        "is refused when its bytes cannot unpack to the size they declare", arguments: [10_000, 1 << 40, .max] as [Int])
    func bomb(size: Int) throws {
        let frame = FrameHeader.bytes(flags: 0x7C, contentSize: UInt64(size)) + [0, 0, 0, 0, 5, 5, 5, 5]
        #expect(
            try message { _ = try unpack(frame, limit: .max) }
                == "m.runic: byte 6: the declared content size \(size) cannot come from 23 bytes")
    }

    @Test("is refused when its content size does not fit a signed number", arguments: [1 << 63, .max] as [UInt64])
    func enormous(size: UInt64) throws {
        let frame = FrameHeader.bytes(flags: 0x7C, contentSize: size) + [0, 0, 0, 0, 5, 5, 5, 5]
        #expect(throws: ArchiveError.tooLarge(path: "m.runic", byteCount: size, limit: .max)) {
            try unpack(frame, limit: .max)
        }
    }

    @Test("is refused when the content is longer or shorter than declared", arguments: [999, 1001] as [UInt64])
    func wrongContentSize(size: UInt64) throws {
        let frame = try pack([UInt8](repeating: 1, count: 1000))
        let changed = FrameHeader.bytes(flags: frame[4], descriptor: frame[5], contentSize: size) + frame[15...]
        #expect(throws: ArchiveError.self) { try unpack(changed) }
        let same = FrameHeader.bytes(flags: frame[4], descriptor: frame[5], contentSize: 1000) + frame[15...]
        #expect(try unpack(same).count == 1000)
    }

    @Test(
        "is refused without what the contract asks for",
        arguments: [
            (0x6C, "block checksums"), (0x74, "content size"), (0x78, "content checksum"), (0x7D, "dictionary"),
        ] as [(UInt8, String)])
    func contract(flags: UInt8, word: String) throws {
        let frame = FrameHeader.bytes(flags: flags, contentSize: flags & 8 == 0 ? nil : 1) + [0, 0, 0, 0, 0, 0, 0, 0]
        let text = try #require(try message { _ = try unpack(frame) })
        #expect(text.hasPrefix("m.runic: byte 4: "))
        #expect(text.contains(word))
    }

    @Test("is refused with anything after it, a second frame included")
    func trailing() throws {
        let frame = try pack([1, 2, 3])
        for tail in [[0], frame, [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]] as [[UInt8]] {
            let text = try #require(try message { _ = try unpack(frame + tail) })
            #expect(text.hasPrefix("m.runic: byte \(frame.count): \(tail.count) bytes follow"))
        }
    }

    @Test("names the offset of the block that is damaged")
    func blockOffset() throws {
        var state: UInt64 = 1
        let content = (0..<(5 << 20)).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        var frame = try pack(content)
        let second = 15 + 4 + (4 << 20) + 4
        frame[second + 1000] ^= 1
        let text = try #require(try message { _ = try unpack(frame, limit: content.count) })
        #expect(text.hasPrefix("m.runic: byte \(second): ERROR_blockChecksum_invalid"))
    }

    @Test("is refused before memory is taken if it unpacks to far more than numbers could come from")
    func bomb() throws {
        let small = try pack([UInt8](repeating: 0, count: 8 << 20))
        #expect(try unpack(small, limit: .max).count == 8 << 20)
        let large = try pack([UInt8](repeating: 0, count: 20 << 20))
        let text = try #require(try message { _ = try unpack(large, limit: .max) })
        #expect(text.contains("byte 6: the content of 20971520 bytes is more than 16 times the file's \(large.count)"))
    }
}
