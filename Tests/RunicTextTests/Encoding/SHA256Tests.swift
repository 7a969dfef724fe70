import CRunicText
import RunicTesting
import Testing

@testable import RunicText

struct SHA256Tests {
    @Test(
        "the known vectors of FIPS 180-4 and one million a",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(SHA256.hexadecimalDigest(of: bytes(text)) == digest)
    }

    @Test("chunks of any size give the same digest, and both compressions agree")
    func hashesChunks() {
        let text = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        for size in 1...200 {
            var hash = SHA256()
            for chunk in chunks(text, of: size) { hash.update(chunk.span) }
            #expect(hash.hexadecimalDigest == SHA256.hexadecimalDigest(of: text))
        }
        var fast = [UInt32](0..<8)
        var portable = fast
        unsafe runic_sha256_compress(&fast, text, 3)
        unsafe runic_sha256_compress_portable(&portable, text, 3)
        #expect(fast == portable)
    }
}
