internal import CRunicText

/// From the numbers that a worker gave to symbols, to the ids of a vocabulary.
struct LocalIDMap: Sendable {
    /// Of each number its id; `Vocabulary.absent` where nothing stands for it.
    private var identifiers: [UInt16] = []
    /// Of numbers that stand for several ids, these.
    private var spelled: [UInt16: [UInt16]] = [:]

    /// Whether each number becomes one id.
    var keepsLength: Bool { spelled.isEmpty }

    /// Adds the next number.
    mutating func append(_ ids: [UInt16]) {
        if ids.count != 1 { spelled[UInt16(truncatingIfNeeded: identifiers.count)] = ids }
        identifiers.append(ids.first ?? Vocabulary.absent)
    }

    /// How many ids numbers become.
    func length(_ numbers: UnsafeRawBufferPointer, width: Int) -> Int {
        let count = numbers.count / width
        guard !keepsLength else { return count }
        return (0..<count).reduce(0) { sum, index in
            sum + (spelled[unsafe Self.number(index, numbers, width)]?.count ?? 1)
        }
    }

    /// Writes the ids of numbers, as many as ``length(_:width:)`` says.
    func apply(_ numbers: UnsafeRawBufferPointer, width: Int, to identifiers: UnsafeMutableBufferPointer<UInt16>) {
        let count = numbers.count / width
        guard count > 0, let source = numbers.baseAddress, let target = identifiers.baseAddress else { return }
        guard !keepsLength else {
            unsafe runic_map_local_ids(
                source.assumingMemoryBound(to: UInt8.self), count, Int32(width), self.identifiers, target)
            return
        }
        var end = 0
        for index in 0..<count {
            let number = unsafe Self.number(index, numbers, width)
            for identifier in spelled[number] ?? [self.identifiers[Int(number)]] {
                unsafe identifiers[end] = identifier
                end += 1
            }
        }
    }

    private static func number(_ index: Int, _ numbers: UnsafeRawBufferPointer, _ width: Int) -> UInt16 {
        width == 1
            ? unsafe UInt16(numbers[index])
            : unsafe numbers.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
    }
}
