import RunicDisplay
import Testing

struct GroupedTests {
    @Test("thousands have commas, and a negative number a minus sign")
    func grouped() {
        #expect([0, 999, 1000, -1_234_567].map(\.grouped) == ["0", "999", "1,000", "−1,234,567"])
    }
}
