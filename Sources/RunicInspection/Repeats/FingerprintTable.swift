/// The places of every fingerprint so far, by open addressing: the last one, and from each the one before.
struct FingerprintTable {
    /// The entry before the first of a fingerprint.
    static let none = UInt32.max

    private var hashes = [UInt64](repeating: 0, count: 1024)
    /// The last entry of each hash.
    private var heads = [UInt32](repeating: FingerprintTable.none, count: 1024)
    private var different = 0
    /// The places, and for each the entry with the same hash before it.
    private var places: [UInt32] = []
    private var previous: [UInt32] = []

    /// Puts a place in, and gives the last entry with the same hash before it, or ``none``. Amortised constant time.
    mutating func insert(_ hash: UInt64, _ place: Int) -> UInt32 {
        let hash = hash == 0 ? 1 : hash
        var at = slot(hash)
        if hashes[at] == 0 {
            different += 1
            if different * 2 > hashes.count {
                grow()
                at = slot(hash)
            }
            hashes[at] = hash
        }
        let before = heads[at]
        heads[at] = UInt32(places.count)
        places.append(UInt32(place))
        previous.append(before)
        return before
    }

    /// The place of an entry and the entry before it.
    func entry(_ index: UInt32) -> (place: Int, before: UInt32) {
        (Int(places[Int(index)]), previous[Int(index)])
    }

    /// Where a hash is, or the free slot where it belongs.
    private func slot(_ hash: UInt64) -> Int {
        var at = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
        while hashes[at] != 0 && hashes[at] != hash { at = (at + 1) & (hashes.count - 1) }
        return at
    }

    private mutating func grow() {
        let (oldHashes, oldHeads) = (hashes, heads)
        hashes = [UInt64](repeating: 0, count: oldHashes.count * 2)
        heads = [UInt32](repeating: Self.none, count: hashes.count)
        for (index, hash) in oldHashes.enumerated() where hash != 0 {
            let at = slot(hash)
            hashes[at] = hash
            heads[at] = oldHeads[index]
        }
    }
}
