import Foundation
import RunicSampling
import Testing

struct Xoshiro256Tests {
    // From a transcription of the authors' C code (prng.di.unimi.it, xoshiro256starstar.c and splitmix64.c) to Python.
    static let references =
        [
            (0, [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0, 0x6AA5_94F1_262D_2D2C]),
            (7, [0xB358_FAF7_4EF9_765A, 0x475C_3D96_4F48_2CD2, 0xD6F1_D349_952C_7996, 0xFB29_3873_1E80_7240]),
        ] as [(UInt64, [UInt64])]

    @Test("The numbers are those of the published algorithm", arguments: Xoshiro256Tests.references)
    func published(seed: UInt64, expected: [UInt64]) {
        var generator = Xoshiro256(seed: seed)
        #expect((0..<4).map { _ in generator.next() } == expected)
    }

    @Test("The state survives JSON and continues from there; a state of zeros is refused")
    func coding() throws {
        var generator = Xoshiro256(seed: 5)
        for _ in 0..<10 { _ = generator.next() }
        var copy = try JSONDecoder().decode(Xoshiro256.self, from: JSONEncoder().encode(generator))
        #expect(copy == generator)
        #expect(copy.next() == generator.next())
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Xoshiro256.self, from: Data("[0,0,0,0]".utf8))
        }
    }

    @Test("Unit numbers are from 0 up to 1 and even")
    func unit() {
        var generator = Xoshiro256(seed: 3)
        var counts = Array(repeating: 0, count: 20)
        for _ in 0..<20_000 {
            let number = generator.nextUnit()
            #expect(number >= 0 && number < 1)
            counts[Int(number * 20)] += 1
        }
        #expect(abs(chiSquareDeviate(counts, Array(repeating: 0.05, count: 20))) < 4)
    }
}
