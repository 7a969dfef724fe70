import Foundation
import RunicKernels
import Testing

@testable import RunicStudy

@Suite("The tasks of memory")
struct MemoryProblemTests {
    private func sequences(_ problem: any MemoryProblem, _ count: Int) -> [MemorySequence] {
        var generator = SplitMix64(seed: 5)
        return (0..<count).map { _ in problem.sequence(&generator) }
    }

    @Test(
        "Adding: a marker in each half, at every place now and then, and the sum of the marked numbers",
        arguments: [2, 9, 30])
    func adding(lag: Int) {
        let problem = AddingProblem(lag: lag)
        var places = [Int](repeating: 0, count: lag)
        var (errors, values) = (0.0, 0.0)
        for sequence in sequences(problem, 3_000) {
            #expect(sequence.inputs.count == lag * 2 && sequence.targets.count == 1)
            let pairs = (0..<lag).map { (value: sequence.inputs[2 * $0], marker: sequence.inputs[2 * $0 + 1]) }
            #expect(pairs.allSatisfy { (0..<1).contains($0.value) && ($0.marker == 0 || $0.marker == 1) })
            let marked = (0..<lag).filter { pairs[$0].marker == 1 }
            #expect(marked.count == 2 && marked[0] < lag / 2 && marked[1] >= lag / 2)
            #expect(sequence.targets == [marked.reduce(0) { $0 + pairs[$1].value }])
            for place in marked { places[place] += 1 }
            errors += pow(Double(sequence.targets[0]) - 1, 2) / 3_000
            values += pairs.reduce(0) { $0 + Double($1.value) } / Double(3_000 * lag)
        }
        #expect(places.allSatisfy { $0 > 0 })
        #expect(abs(errors - problem.baseline) < 0.02 && abs(values - 0.5) < 0.02)
        #expect((problem.time, problem.scored) == (lag, (lag - 1)..<lag))
        #expect(problem.isSolved(loss: 0.0099, recalled: nil) && !problem.isSolved(loss: 0.01, recalled: nil))
    }

    @Test("Copy: ten symbols, blanks, the delimiter, blanks; asked for are blanks, then the ten", arguments: [1, 7])
    func copy(lag: Int) {
        let problem = CopyProblem(lag: lag)
        #expect(problem.time == lag + 20 && problem.scored == 0..<(lag + 20))
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 8), count: 10)
        for sequence in sequences(problem, 2_000) {
            let steps = (0..<problem.time).map { Array(sequence.inputs[($0 * 10)..<($0 * 10 + 10)]) }
            #expect(steps.allSatisfy { $0.reduce(0, +) == 1 && $0.contains(1) })
            let read = steps.compactMap { $0.firstIndex(of: 1) }
            #expect(read.prefix(10).allSatisfy { $0 < 8 })
            let blanks = [Int](repeating: 8, count: lag - 1), last = [Int](repeating: 8, count: 10)
            let rest: [Int] = blanks + [9] + last
            #expect(Array(read.dropFirst(10)) == rest)
            let asked = sequence.targets.map { Int($0) }
            let expected: [Int] = [Int](repeating: 8, count: lag + 10) + Array(read.prefix(10))
            #expect(asked == expected)
            for (place, symbol) in read.prefix(10).enumerated() { counts[place][symbol] += 1 }
        }
        #expect(counts.allSatisfy { $0.allSatisfy { (170...330).contains($0) } }, "\(counts)")
        #expect(abs(problem.baseline - 10 * log(8) / Double(lag + 20)) < 1e-6)
        #expect(problem.isSolved(loss: 9, recalled: 0.991) && !problem.isSolved(loss: 0, recalled: 0.99))
    }

    @Test("Indices reach every value of a range and no other")
    func indices() {
        var generator = SplitMix64(seed: 1)
        let drawn = Set((0..<2_000).map { _ in generator.nextIndex(3..<14) })
        #expect(drawn == Set(3..<14))
    }
}
