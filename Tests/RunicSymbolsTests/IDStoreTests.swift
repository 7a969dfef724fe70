import Dispatch
import RunicTesting
import Testing

@testable import RunicSymbols

@Suite("The id store")
struct IDStoreTests {
    private static let ids = (0..<400_000).map { UInt16(truncatingIfNeeded: $0 &* 7) }

    private static func write(_ range: Range<Int>, to store: IDStore) throws {
        try unsafe Array(ids[range]).withUnsafeBufferPointer {
            try unsafe store.write(UnsafeRawBufferPointer($0), at: range.lowerBound * 2)
        }
    }

    @Test(
        "What many threads write to different places comes back, without a lock where the size is known",
        arguments: [(true, 800_000), (true, IDStore.smallBytes + 1), (false, 100), (false, IDStore.smallBytes + 1)])
    func threads(isExact: Bool, bytes: Int) throws {
        let store = isExact ? try IDStore(exactBytes: bytes) : try IDStore(expectedBytes: bytes)
        #expect(store.locksWrites == (bytes == 100))
        // Places of odd sizes that meet within cache lines.
        let starts = Array(stride(from: 0, to: Self.ids.count, by: 37))
        DispatchQueue.concurrentPerform(iterations: starts.count) { index in
            let start = starts[starts.count - 1 - index]
            #expect(throws: Never.self) {
                try Self.write(start..<min(start + 37, Self.ids.count), to: store)
            }
        }
        #expect(Array(try store.sequence(count: Self.ids.count)) == Self.ids)
    }

    @Test("Nothing is written beyond the size that was promised")
    func beyond() async {
        await #expect(processExitsWith: .failure) {
            try Self.write(10..<20, to: IDStore(exactBytes: 38))
        }
    }

    @Test("A large store lies in a file without a name")
    func file() throws {
        let folder = try TemporaryFolder()
        let store = try IDStore(exactBytes: IDStore.smallBytes + 1, folder: folder.path)
        try Self.write(0..<100, to: store)
        #expect(try folder.names == [])
        let sequence = try store.sequence(count: 100)
        #expect(Array(sequence) == Array(Self.ids[..<100]))
        sequence.releasePages()
        #expect(Array(sequence) == Array(Self.ids[..<100]))
    }
}
