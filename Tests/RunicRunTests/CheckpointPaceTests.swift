import RunicTraining
import Testing
@testable import RunicRun

@Suite("The pace of checkpoints")
struct CheckpointPaceTests {
    /// Seconds of writing and the number of checkpoints in a run that could write one at any moment.
    private func run(seconds: Double, interval: Double, cost: (Int) -> Double) -> (writing: Double, count: Int) {
        var pace = CheckpointPace(interval: interval, now: 0)
        var (now, writing, count) = (0.0, 0.0, 0)
        while now < seconds {
            if pace.isDue(at: now) {
                let taken = cost(count)
                pace.wrote(from: now, to: now + taken)
                (now, writing, count) = (now + taken, writing + taken, count + 1)
            }
            now += 0.01
        }
        return (writing, count)
    }

    @Test(
        "quick checkpoints follow the interval, slow ones take at most 2 % of the time", arguments: [0.001, 0.4, 3, 20])
    func share(cost: Double) {
        for seconds in [400.0, 2_000, 20_000] {
            let (writing, count) = run(seconds: seconds, interval: 30) { _ in cost }
            // The first one's cost is not known before.
            #expect(count <= 1 || writing <= 0.02 * seconds)
            #expect(count >= Int(seconds / (max(30, 50 * cost) + cost + 0.1)) - 1)
        }
    }

    @Test("a cost that jumps counts at once, and one that falls is not held against what comes")
    func jumps() {
        let (writing, count) = run(seconds: 20_000, interval: 10) { $0 == 100 ? 15 : 0.01 }
        #expect(writing <= 400)
        // A hundred in 1,000 seconds, then a rest of 750, then one every ten seconds again.
        #expect((1_850...1_930).contains(count))
        let dear = run(seconds: 20_000, interval: 10) { $0 < 100 ? 0.01 : 15 }
        #expect(dear.writing <= 400 && dear.count < 130)
    }

    @Test("the first comes after an interval")
    func first() {
        var pace = CheckpointPace(interval: 10, now: 5)
        #expect(!pace.isDue(at: 14.9) && pace.isDue(at: 15))
        pace.wrote(from: 15, to: 15.01)
        #expect(!pace.isDue(at: 25) && pace.isDue(at: 25.02))
    }

    @Test("an interval of 0 writes whenever it can, whatever it costs")
    func always() {
        var pace = CheckpointPace(interval: 0, now: 0)
        #expect(pace.isDue(at: 0))
        pace.wrote(from: 0, to: 100)
        #expect(pace.isDue(at: 100))
    }
}
