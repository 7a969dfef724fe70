import Foundation
import RunicTraining
import Testing

@Suite struct ScheduleTests {
    private func rate(_ name: String, warmUp: Int = 0, _ change: (inout TrainingSettings) -> Void = { _ in })
        throws -> LearningRate
    {
        var settings = TrainingSettings()
        (settings.schedule, settings.learningRate, settings.warmUp) = (name, 0.002, warmUp)
        change(&settings)
        return try ScheduleRegistry().make(settings)
    }

    @Test("the cosine rises in a line, then follows half a cosine to its end")
    func cosine() throws {
        let schedule = try rate("cosine", warmUp: 10)
        func expect(_ step: Int, _ progress: Double, _ value: Double) {
            let rate = schedule.rate(step: step, epoch: 3, progress: progress)
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

    @Test(
        "every schedule begins with the full rate, after the warm-up where there is one",
        arguments: ScheduleRegistry().names)
    func beginning(name: String) throws {
        #expect(try rate(name).rate(step: 0, epoch: 0, progress: 0) == 0.002)
        let warm = try rate(name, warmUp: 4)
        #expect((0..<5).map { warm.rate(step: $0, epoch: 0, progress: 0) / 0.002 } == [0.25, 0.5, 0.75, 1, 1])
    }

    @Test(
        "the fractions of an epoch",
        arguments: [
            ("constant", [1, 1, 1, 1, 1, 1, 1]), ("step", [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125]),
            // char-rnn: `epoch >= decay_after` at the end of an epoch, counted from 1.
            ("exponential", [1, 1, 0.95, 0.9025, 0.857375, 0.81450625, 0.7737809375]),
        ] as [(String, [Double])])
    func epochs(name: String, fractions: [Double]) throws {
        let schedule = try rate(name) { ($0.decayEpochs, $0.decayAfter) = (2, 2) }
        for (epoch, fraction) in fractions.enumerated() {
            let found = schedule.rate(step: 99, epoch: epoch, progress: 0.7) / 0.002
            #expect(abs(found - fraction) < 1e-12, "epoch \(epoch): \(found)")
        }
    }

    @Test("the exponential of 10 leaves the first ten epochs alone; one of 0 is one of 1")
    func exponential() throws {
        func fractions(_ after: Int) throws -> [Double] {
            let schedule = try rate("exponential") { ($0.decayFactor, $0.decayAfter) = (0.5, after) }
            return (0..<12).map { schedule.rate(step: 0, epoch: $0, progress: 0) / 0.002 }
        }
        #expect(try fractions(10) == Array(repeating: 1, count: 10) + [0.5, 0.25])
        #expect(try fractions(0) == fractions(1))
        #expect(try fractions(1).prefix(3) == [1, 0.5, 0.25])
    }

    @Test(
        "plateau waits for as many validations as it should, and is the same when saved between any two",
        arguments: 0..<9)
    func plateau(saved: Int) throws {
        let make = { try rate("plateau") { ($0.patience, $0.decayFactor) = (2, 0.1) } }
        var schedule = try make()
        let losses: [Double] = [3, 2, 2, 2.5, 1.9, .infinity, 1.95, 1.9, 4]
        let fractions = [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001]
        for (index, (loss, fraction)) in zip(losses, fractions).enumerated() {
            if index == saved {
                let data = try JSONEncoder().encode(schedule.schedule.scalarState)
                schedule = try make()
                schedule.schedule.scalarState = try JSONDecoder().decode([String: Double].self, from: data)
            }
            schedule.schedule.validated(loss)
            let found = schedule.rate(step: 0, epoch: 0, progress: 0) / 0.002
            #expect(abs(found - fraction) < 1e-12, "after validation \(index): \(found)")
        }
    }

    @Test("an unknown schedule is an error that lists the known ones, and a registered one is found")
    func registry() throws {
        let error = #expect(throws: TrainingError.self) { try rate("linear") }
        #expect(
            error?.description == "--schedule is linear; it must be constant, cosine, step, exponential, plateau")
        var registry = ScheduleRegistry()
        registry.register("linear") { _ in CosineSchedule(last: 1) }
        var settings = TrainingSettings()
        settings.schedule = "linear"
        #expect(try registry.make(settings).rate(step: 99, epoch: 0, progress: 1) == settings.learningRate)
    }
}
