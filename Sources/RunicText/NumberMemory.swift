/// The memory of a ``SymbolNumberer``, which lies outside of any array so that nothing is checked or counted in its loops.
@safe final class NumberMemory {
    /// Of each code point, and of CR LF, its number + 1, or 0 where that is not known yet.
    let direct: UnsafeMutablePointer<UInt16>
    /// The numbers of the piece.
    private(set) var numbers: UnsafeMutablePointer<UInt16>
    private(set) var capacity = 1 << 16
    /// How often each number occurred.
    private(set) var counts: UnsafeMutablePointer<Int>
    private var countCapacity = 1 << 12

    /// Values of symbols that have a place in ``direct``.
    static let values = 0x110001

    init() {
        unsafe direct = .allocate(capacity: Self.values)
        unsafe direct.initialize(repeating: 0, count: Self.values)
        unsafe numbers = .allocate(capacity: capacity)
        unsafe counts = .allocate(capacity: countCapacity)
        unsafe counts.initialize(repeating: 0, count: countCapacity)
    }

    deinit {
        unsafe direct.deallocate()
        unsafe numbers.deallocate()
        unsafe counts.deallocate()
    }

    /// Makes room for `count` numbers, the first `used` of which stay.
    func reserveNumbers(_ count: Int, used: Int) {
        guard count > capacity else { return }
        let larger = max(capacity * 2, count)
        let moved = UnsafeMutablePointer<UInt16>.allocate(capacity: larger)
        unsafe moved.update(from: numbers, count: used)
        unsafe numbers.deallocate()
        unsafe numbers = moved
        capacity = larger
    }

    /// Makes room for the counts of `count` numbers; new ones are 0.
    func reserveCounts(_ count: Int) {
        guard count > countCapacity else { return }
        let larger = max(countCapacity * 2, count)
        let moved = UnsafeMutablePointer<Int>.allocate(capacity: larger)
        unsafe moved.update(from: counts, count: countCapacity)
        unsafe (moved + countCapacity).initialize(repeating: 0, count: larger - countCapacity)
        unsafe counts.deallocate()
        unsafe counts = moved
        countCapacity = larger
    }
}
