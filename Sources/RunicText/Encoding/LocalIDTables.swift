internal import CRunicText
internal import Glibc

/// The memory of a ``SymbolIndexer``, which lies outside of any array so that nothing is checked or counted in its loops.
@safe final class LocalIDTables {
    /// Of each byte its number, or `Vocabulary.absent`.
    let map: UnsafeMutablePointer<UInt16>
    /// How often each byte occurred in runs of ASCII: four tables, whose sums count.
    let tally: UnsafeMutablePointer<UInt64>
    /// Of each code point, and of CR LF, its number + 1 where it is a symbol, or 0 where that is not known yet.
    let direct: UnsafeMutablePointer<UInt16>
    /// The same of those that stand alone wherever they are.
    let alone: UnsafeMutablePointer<UInt16>
    /// What symbols become when code points join them.
    let joins: UnsafeMutablePointer<runic_join>
    /// The next state of a symbol that is joined; numbers are the first states.
    let nextState: UnsafeMutablePointer<UInt32>
    /// The numbers of the piece.
    private(set) var numbers: UnsafeMutablePointer<UInt16>
    private(set) var capacity = 1 << 16
    /// How often each number occurred, elsewhere than in ``tally``.
    private(set) var counts: UnsafeMutablePointer<Int>
    private var countCapacity = 1 << 12

    /// Values of symbols that have a place in ``direct``.
    static let values = 0x110001

    init() {
        unsafe map = Self.zeros(256)
        unsafe tally = Self.zeros(4 * 256)
        unsafe direct = Self.zeros(Self.values)
        unsafe alone = Self.zeros(Self.values)
        unsafe joins = Self.zeros(1 << RUNIC_JOIN_BITS)
        unsafe nextState = Self.zeros(1)
        unsafe nextState.pointee = 1 << 16
        unsafe numbers = Self.zeros(capacity)
        unsafe counts = Self.zeros(countCapacity)
    }

    deinit {
        unsafe free(map)
        unsafe free(tally)
        unsafe free(direct)
        unsafe free(alone)
        unsafe free(joins)
        unsafe free(nextState)
        unsafe free(numbers)
        unsafe free(counts)
    }

    /// Makes room for `count` numbers, the first `used` of which stay.
    func reserveNumbers(_ count: Int, used: Int) {
        guard count > capacity else { return }
        let larger = max(capacity * 2, count)
        let moved: UnsafeMutablePointer<UInt16> = unsafe Self.zeros(larger)
        unsafe moved.update(from: numbers, count: used)
        unsafe free(numbers)
        unsafe numbers = moved
        capacity = larger
    }

    /// Makes room for the counts of `count` numbers; new ones are 0.
    func reserveCounts(_ count: Int) {
        guard count > countCapacity else { return }
        let larger = max(countCapacity * 2, count)
        let moved: UnsafeMutablePointer<Int> = unsafe Self.zeros(larger)
        unsafe moved.update(from: counts, count: countCapacity)
        unsafe free(counts)
        unsafe counts = moved
        countCapacity = larger
    }

    /// Zeros, whose pages are there when they are first written to.
    private static func zeros<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
        guard let memory = unsafe calloc(count, MemoryLayout<Element>.stride) else {
            preconditionFailure("no memory for \(count) × \(MemoryLayout<Element>.stride) bytes")
        }
        return unsafe memory.bindMemory(to: Element.self, capacity: count)
    }
}
