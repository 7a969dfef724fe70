internal import CRunicText

/// Maps the local ids of a worker to the ids of a vocabulary.
struct LocalIDMap: Sendable {
    /// The id of each local id; `Vocabulary.absent` if the vocabulary has none for it.
    private var identifiers: [UInt16] = []
    /// The ids of local ids whose symbol is spelled.
    private var spelled: [UInt16: [UInt16]] = [:]

    /// Whether each local id becomes exactly one id.
    var keepsLength: Bool { spelled.isEmpty }

    /// Adds the ids of the next local id.
    mutating func append(_ ids: [UInt16]) {
        if ids.count != 1 { spelled[UInt16(truncatingIfNeeded: identifiers.count)] = ids }
        identifiers.append(ids.first ?? Vocabulary.absent)
    }

    /// The number of ids that local ids become.
    func length(_ localIDs: UnsafeRawBufferPointer, width: Int) -> Int {
        let count = localIDs.count / width
        guard !keepsLength else { return count }
        return (0..<count).reduce(0) { sum, index in
            sum + (spelled[unsafe Self.localID(index, localIDs, width)]?.count ?? 1)
        }
    }

    /// Writes the ids of local ids, as many as ``length(_:width:)`` says.
    func apply(_ localIDs: UnsafeRawBufferPointer, width: Int, to identifiers: UnsafeMutableBufferPointer<UInt16>) {
        let count = localIDs.count / width
        guard count > 0, let source = localIDs.baseAddress, let target = identifiers.baseAddress else { return }
        guard !keepsLength else {
            unsafe runic_map_local_ids(
                source.assumingMemoryBound(to: UInt8.self), count, Int32(width), self.identifiers, target)
            return
        }
        var end = 0
        for index in 0..<count {
            let localID = unsafe Self.localID(index, localIDs, width)
            for identifier in spelled[localID] ?? [self.identifiers[Int(localID)]] {
                unsafe identifiers[end] = identifier
                end += 1
            }
        }
    }

    /// The local id at an index of a chunk whose ids have `width` bytes.
    static func localID(_ index: Int, _ localIDs: UnsafeRawBufferPointer, _ width: Int) -> UInt16 {
        width == 1
            ? unsafe UInt16(localIDs[index])
            : unsafe localIDs.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
    }
}
