internal import CRunicText
internal import Glibc

/// The tables of a ``SymbolIndexer``, outside of any array so that its loops check no bounds and count no references.
@safe final class LocalIDTables {
    /// The id of each byte, or `Vocabulary.absent`.
    let map: UnsafeMutablePointer<UInt16>
    /// How often each byte occurred in runs of ASCII: the sum of four tables.
    let tally: UnsafeMutablePointer<UInt64>
    /// For each code point, and CR LF: 1 + its id as a symbol; 0 if it has none yet.
    let byValue: UnsafeMutablePointer<UInt16>
    /// The same, only for those that are symbols of their own in any context.
    let alone: UnsafeMutablePointer<UInt16>
    /// The states that symbols reach when code points join them.
    let joins: UnsafeMutablePointer<runic_join>
    /// The next free state; ids are the first states.
    let nextState: UnsafeMutablePointer<UInt32>
    /// The ids of the chunk.
    private(set) var ids: UnsafeMutablePointer<UInt16>
    private(set) var capacity = 1 << 16
    /// How often each id occurred, apart from ``tally``.
    private(set) var counts: UnsafeMutablePointer<Int>
    private var countCapacity = 1 << 12

    /// The number of values in ``byValue``.
    static let values = 0x110001
    /// The first state that is no id.
    static let firstJoined = 1 << 16

    init() {
        unsafe map = Self.zeros(256)
        unsafe tally = Self.zeros(4 * 256)
        unsafe byValue = Self.zeros(Self.values)
        unsafe alone = Self.zeros(Self.values)
        unsafe joins = Self.zeros(1 << RUNIC_JOIN_BITS)
        unsafe nextState = Self.zeros(1)
        unsafe nextState.pointee = UInt32(Self.firstJoined)
        unsafe ids = Self.zeros(capacity)
        unsafe counts = Self.zeros(countCapacity)
    }

    deinit {
        unsafe free(map)
        unsafe free(tally)
        unsafe free(byValue)
        unsafe free(alone)
        unsafe free(joins)
        unsafe free(nextState)
        unsafe free(ids)
        unsafe free(counts)
    }

    /// Makes room for `count` ids and keeps the first `used`.
    func reserveIDs(_ count: Int, used: Int) {
        guard count > capacity else { return }
        let larger = max(capacity * 2, count)
        let moved: UnsafeMutablePointer<UInt16> = unsafe Self.zeros(larger)
        unsafe moved.update(from: ids, count: used)
        unsafe free(ids)
        unsafe ids = moved
        capacity = larger
    }

    /// Makes room for the counts of `count` ids; new ones are 0.
    func reserveCounts(_ count: Int) {
        guard count > countCapacity else { return }
        let larger = max(countCapacity * 2, count)
        let moved: UnsafeMutablePointer<Int> = unsafe Self.zeros(larger)
        unsafe moved.update(from: counts, count: countCapacity)
        unsafe free(counts)
        unsafe counts = moved
        countCapacity = larger
    }

    /// Zeros; their pages are allocated when first written.
    private static func zeros<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
        guard let memory = unsafe calloc(count, MemoryLayout<Element>.stride) else {
            preconditionFailure("no memory for \(count) × \(MemoryLayout<Element>.stride) bytes")
        }
        return unsafe memory.bindMemory(to: Element.self, capacity: count)
    }
}
