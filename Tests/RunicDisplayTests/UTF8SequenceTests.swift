import RunicDisplay
import Testing

struct UTF8SequenceTests {
    /// Every sequence of up to four bytes that the table allows, with bytes from the ends of its ranges.
    @Test("What it lets through is UTF-8, and whatever is UTF-8 it lets through")
    func wellFormed() {
        let interesting: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        var characters: [[UInt8]] = []
        func go(_ sequence: UTF8Sequence, _ bytes: [UInt8]) {
            for byte in interesting {
                let isAllowed = sequence.continuation.map { $0.contains(byte) } ?? UTF8Sequence.begins(byte)
                guard isAllowed else { continue }
                var next = sequence
                let whole = next.take(byte)
                if whole.isEmpty {
                    #expect(next.bytes == bytes + [byte])
                    go(next, bytes + [byte])
                } else {
                    #expect(whole == bytes + [byte] && next == UTF8Sequence())
                    characters.append(whole)
                }
            }
        }
        go(UTF8Sequence(), [])
        var expected: [[UInt8]] = []
        func all(_ bytes: [UInt8]) {
            if !bytes.isEmpty, let string = String(validating: bytes, as: UTF8.self) {
                if string.unicodeScalars.count == 1 { expected.append(bytes) }
                return
            }
            guard bytes.count < 4 else { return }
            for byte in interesting { all(bytes + [byte]) }
        }
        all([])
        #expect(Set(characters) == Set(expected) && characters.count == expected.count)
        #expect(expected.contains { $0.count == 4 })
    }
}
