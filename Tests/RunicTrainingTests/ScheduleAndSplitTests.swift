import RunicTraining
import Testing

@Suite struct ScheduleAndSplitTests {
    @Test("the learning rate rises in a line, then follows half a cosine to its end")
    func schedule() {
        let schedule = LearningRateSchedule(largest: 0.002, warmUp: 10, finalShare: 0.05)
        func expect(_ step: Int, _ progress: Double, _ value: Double) {
            let rate = schedule.rate(step: step, progress: progress)
            #expect(abs(rate - value) < 1e-15, "step \(step) at \(progress): \(rate)")
        }
        expect(0, 0, 0.0002)
        expect(4, 0, 0.001)
        expect(9, 0, 0.002)
        expect(500, 0, 0.002)
        expect(500, 0.5, 0.002 * 0.525)
        // cos(π/3) = 1/2: a quarter of the way down after a third.
        expect(500, 1 / 3.0, 0.002 * (0.05 + 0.95 * 0.75))
        expect(999, 1, 0.0001)
        expect(999, 1.5, 0.0001)
        expect(999, -1, 0.002)
    }

    @Test("without warm-up the first update has the full rate")
    func withoutWarmUp() {
        #expect(LearningRateSchedule(largest: 1, warmUp: 0, finalShare: 1).rate(step: 0, progress: 0) == 1)
    }

    @Test("tinyshakespeare splits as nanoGPT splits it")
    func nanoGPT() {
        let split = TextSplit([UInt16](repeating: 0, count: 1_115_394), shares: [0.9, 0.1, 0])
        #expect(split.training.count == 1_003_854)
        #expect(split.validation.count == 111_540)
        #expect(split.test.count == 0)
    }

    @Test(
        "the parts are the text, in order", arguments: [0, 1, 2, 3, 10, 99, 1_000],
        [[0.9, 0.05, 0.05], [1, 0, 0], [0.8, 0, 0.2], [0.34, 0.33, 0.33], [0.7, 0.3, 0]])
    func parts(count: Int, shares: [Double]) {
        let text = (0..<count).map { UInt16($0) }
        let split = TextSplit(text, shares: shares)
        #expect(Array(split.training) + Array(split.validation) + Array(split.test) == text)
        for (part, share) in zip([split.training, split.validation, split.test], shares) {
            #expect(abs(Double(part.count) - share * Double(count)) <= 2)
            if share == 0 { #expect(part.count <= 1) }
        }
    }
}
