import Testing

@testable import RunicArchive

@Suite("A damaged archive")
struct ArchiveDamageTests {
    @Test("cut at any byte is refused")
    func truncations() throws {
        let file = try Samples.archive().encoded()
        #expect(file.count <= 2048)
        for count in 0..<file.count {
            #expect(throws: ArchiveError.self, "cut to \(count) bytes") { try Archive(bytes: Array(file[..<count])) }
        }
        #expect(try Archive(bytes: file).tensors.count == 5)
    }

    @Test("with any one bit flipped is refused")
    func flippedBits() throws {
        var file = try Samples.archive().encoded()
        for index in file.indices {
            for bit in 0..<8 {
                file[index] ^= 1 << bit
                #expect(throws: ArchiveError.self, "bit \(bit) of byte \(index)") { try Archive(bytes: file) }
                file[index] ^= 1 << bit
            }
        }
    }

    @Test("with a header changed at random inside a sound frame is refused or still consistent", arguments: 0..<8)
    func mutatedHeaders(seed: UInt64) throws {
        let archive = try Samples.archive()
        let sound = bytes(
            of: try Safetensors.encode(metadata: archive.metadata, tensors: archive.tensors, path: "m.runic"))
        let headerEnd = 8 + Int(sound[0]) + 256 * Int(sound[1])
        let alphabet = Array(#"{}[]",:\0123456789eE.-+ntfuFIB"#.utf8) + [0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF]
        var generator = TestGenerator(state: seed)
        var accepted = 0
        for _ in 0..<500 {
            var changed = sound
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<headerEnd, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: changed[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                case 1: changed.remove(at: index)
                case 2: changed.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)], at: index)
                default: changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            do {
                let read = try Archive(bytes: pack(changed))
                accepted += 1
                let total = read.tensors.reduce(0) { $0 + bytes(of: $1).count }
                #expect(total <= changed.count - 8)
                for tensor in read.tensors {
                    #expect(tensor.byteCount == tensor.shape.reduce(1, *) * tensor.elementType.byteCount)
                }
            } catch let error as ArchiveError {
                #expect(!error.description.contains("\n"))
            }
        }
        // Changes inside a metadata string leave a sound file, so that some are accepted and most are not.
        #expect((1..<250).contains(accepted))
    }

    @Test("with bytes changed at random anywhere in the file is refused", arguments: 0..<4)
    func mutatedFiles(seed: UInt64) throws {
        let file = try Samples.archive().encoded()
        var generator = TestGenerator(state: 100 + seed)
        for _ in 0..<500 {
            var changed = file
            let count = Int.random(in: 1...8, using: &generator)
            for _ in 0..<count {
                changed[Int.random(in: 0..<changed.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            guard changed != file else { continue }
            #expect(throws: ArchiveError.self) { try Archive(bytes: changed) }
        }
    }

    @Test(
        "that is no archive at all is told from one that is broken",
        arguments: [
            ([], "x.txt is not a Runic archive: it is empty"),
            (Array("To be, or not to be\n".utf8), "x.txt is not a Runic archive: it does not begin with an LZ4 frame"),
            ([0x04, 0x22], "x.txt is not a Runic archive: it does not begin with an LZ4 frame"),
            ([0x04, 0x22, 0x4D, 0x18, 0x7C], "x.txt: byte 5: the file ends inside the LZ4 frame: the file is damaged"),
        ] as [([UInt8], String)])
    func notAnArchive(bytes: [UInt8], expected: String) throws {
        let text = try #require(try message { _ = try Archive(bytes: bytes, path: "x.txt") })
        #expect(text.hasPrefix(expected))
    }
}
