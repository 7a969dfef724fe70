import Testing

@testable import RunicInspection

@Suite("Two closures at the same time")
struct ParallelTests {
    private struct Failure: Error, Equatable {
        let number: Int
    }

    @Test("Both results come back, each in its place")
    func results() {
        let (first, second) = Parallel.pair({ 1 }, { "two" })
        #expect(first == 1 && second == "two")
    }

    @Test("Where both fail, the first error is thrown")
    func failures() {
        @Sendable func fail(_ number: Int) throws(Failure) -> Int { throw Failure(number: number) }
        #expect(throws: Failure(number: 1)) {
            try Parallel.pair({ () throws(Failure) in try fail(1) }, { () throws(Failure) in try fail(2) })
        }
        #expect(throws: Failure(number: 2)) {
            try Parallel.pair({ () throws(Failure) in 1 }, { () throws(Failure) in try fail(2) })
        }
    }
}
