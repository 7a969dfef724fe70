import RunicKernels
import Testing

@testable import RunicEvaluation

struct ConfidenceIntervalTests {
    @Test("The spread of hand-computed values has the divisor n − 1")
    func spread() throws {
        let spread = try #require(Spread([2, 4, 4, 4, 5, 5, 7, 9]))
        #expect(spread.mean == 5)
        #expect(abs(try #require(spread.deviation) - (32.0 / 7).squareRoot()) < 1e-15)
    }

    @Test("One value has a mean and no deviation; no value has neither")
    func fewValues() throws {
        let one = try #require(Spread([3.5]))
        #expect(one.mean == 3.5 && one.deviation == nil && one.count == 1)
        #expect(Spread([]) == nil)
        #expect(ConfidenceInterval(samples: [1]) == nil)
        #expect(ConfidenceInterval(samples: [1, .nan]) == nil)
    }

    @Test("The interval of a mean agrees with scipy")
    func interval() throws {
        // x = [0.012, -0.003, 0.02, 0.007, 0.011]
        // scipy.stats.sem(x); scipy.stats.t.interval(.95, 4, loc=0, scale=scipy.stats.sem(x))
        let interval = try #require(ConfidenceInterval(samples: [0.012, -0.003, 0.02, 0.007, 0.011]))
        #expect(abs(interval.mean - 0.0094) < 1e-15)
        #expect(abs(interval.standardError - 0.0037496666518505345) < 1e-15)
        #expect(abs(interval.halfWidth - 0.010410743621653815) < 1e-12)
        #expect(!interval.excludesZero)
    }

    @Test("Two uncertainties add as in Welch's test")
    func widened() throws {
        // r = scipy.stats.ttest_ind([1.1, 1.4, 1.2, 1.7], [0.9, 1.3, 0.7, 1.2], equal_var=False)
        // r.df, r.confidence_interval(.95)
        let first = try #require(ConfidenceInterval(samples: [1.1, 1.4, 1.2, 1.7]))
        let second = try #require(ConfidenceInterval(samples: [0.9, 1.3, 0.7, 1.2]))
        let both = first.widened(by: second)
        #expect(abs(both.degreesOfFreedom - 5.990415335463259) < 1e-9)
        #expect(abs(both.halfWidth - (0.7923962154668869 - 0.325)) < 1e-9)
        #expect(both.mean == first.mean)
    }

    @Test("A second uncertainty never narrows an interval")
    func neverNarrower() throws {
        let few = try #require(ConfidenceInterval(samples: [0.10, 0.12]))
        let many = try #require(ConfidenceInterval(samples: (0..<50).map { 0.1 + 0.05 * Double($0 % 5) }))
        #expect(few.widened(by: many).halfWidth == few.halfWidth)
        #expect(many.widened(by: few).halfWidth == few.halfWidth)
    }

    @Test("No variance gives an interval of no width")
    func noVariance() throws {
        let still = try #require(ConfidenceInterval(samples: [0.5, 0.5, 0.5]))
        #expect(still.halfWidth == 0 && still.excludesZero)
        #expect(still.widened(by: still).halfWidth == 0)
    }

    @Test("Blocks cover the true mean of correlated losses nineteen times of twenty; single symbols do not")
    func coverage() throws {
        // d_t = 0.8 d_{t−1} + e_t with uniform e: losses that go up and down together over some ten symbols.
        var generator = SplitMix64(seed: 7)
        let (trials, blocks, length) = (800, 30, 100)
        var (byBlocks, bySymbols) = (0, 0)
        for _ in 0..<trials {
            var value = 0.0
            let losses = (0..<(blocks * length)).map { _ in
                value = 0.8 * value + Double(generator.nextUnit()) - 0.5
                return value
            }
            let means = (0..<blocks).map { block in
                losses[(block * length)..<((block + 1) * length)].reduce(0, +) / Double(length)
            }
            if try !#require(ConfidenceInterval(samples: means)).excludesZero { byBlocks += 1 }
            if try !#require(ConfidenceInterval(samples: losses)).excludesZero { bySymbols += 1 }
        }
        let share = Double(byBlocks) / Double(trials)
        #expect(share > 0.92 && share < 0.975, "\(share)")
        #expect(Double(bySymbols) / Double(trials) < 0.7)
    }
}
