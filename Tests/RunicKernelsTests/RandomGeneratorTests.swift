import RunicKernels
import Testing

@Suite struct RandomGeneratorTests {
    @Test("SplitMix64 gives the published sequence of seed 1234567")
    func published() {
        // https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64
        var generator = SplitMix64(seed: 1_234_567)
        let found = (0..<5).map { _ in generator.next() }
        #expect(
            found == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("streams of one seed differ, and each is repeatable")
    func streams() {
        var firsts: Set<UInt64> = []
        for stream in UInt64(0)..<1_000 {
            var (one, same) = (SplitMix64(seed: 3, stream: stream), SplitMix64(seed: 3, stream: stream))
            let first = one.next()
            #expect(first == same.next())
            firsts.insert(first)
        }
        #expect(firsts.count == 1_000)
    }

    @Test("units are uniform in [0, 1), normal deviates have mean 0 and deviation 1")
    func distributions() {
        var generator = SplitMix64(seed: 11)
        let units = (0..<20_000).map { _ in Double(generator.nextUnit()) }
        #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
        let unitMean = units.reduce(0, +) / 20_000
        #expect(abs(unitMean - 0.5) < 0.01)
        let normals = (0..<20_000).map { _ in Double(generator.nextNormal()) }
        let mean = normals.reduce(0, +) / 20_000
        let square = normals.reduce(0) { $0 + $1 * $1 } / 20_000
        // Five deviations of the figures themselves, 1/√20000 and √(2/20000).
        #expect(abs(mean) < 0.036 && abs(square - 1) < 0.05)
    }
}
