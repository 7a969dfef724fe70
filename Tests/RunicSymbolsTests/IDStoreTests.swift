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

    @Test("A text that turns out large moves to a file without a name, and nothing is lost", arguments: [nil, 100])
    func growing(expected: Int?) throws {
        let folder = try TemporaryFolder()
        let store = try IDStore(expectedBytes: expected, folder: folder.path)
        try Self.write(0..<50, to: store)
        // A far place, as if all between had been written.
        let far = IDStore.smallBytes
        try unsafe Array(Self.ids[100..<150]).withUnsafeBufferPointer {
            try unsafe store.write(UnsafeRawBufferPointer($0), at: far)
        }
        try Self.write(50..<100, to: store)
        #expect(try folder.names == [])
        var some = [UInt16](repeating: 0, count: 100)
        try unsafe some.withUnsafeMutableBytes { try unsafe store.read(into: $0, at: 0) }
        #expect(some == Array(Self.ids[..<100]))
        let sequence = try store.sequence(count: far / 2 + 50)
        #expect(Array(sequence[..<100]) == some && Array(sequence[(far / 2)...]) == Array(Self.ids[100..<150]))
    }

    @Test("A text without an end is stopped before it fills the disk")
    func endless() throws {
        let folder = try TemporaryFolder()
        let store = try IDStore(expectedBytes: nil, folder: folder.path, most: IDStore.smallBytes + 1_000)
        func write(at offset: Int) throws {
            try unsafe Array(Self.ids[..<50]).withUnsafeBufferPointer {
                try unsafe store.write(UnsafeRawBufferPointer($0), at: offset)
            }
        }
        try write(at: 0)
        try write(at: IDStore.smallBytes + 900)
        let error = #expect(throws: SymbolFileError.tooLarge(path: folder.path)) {
            try write(at: IDStore.smallBytes + 901)
        }
        #expect(error?.description.contains("more than half of what is free there") == true)
    }
}
