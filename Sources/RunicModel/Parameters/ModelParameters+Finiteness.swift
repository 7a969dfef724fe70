internal import RunicCells
internal import RunicKernels

extension ModelParameters {
    /// The first number that is infinite or not a number: its tensor, and its index in it; nil if all are finite.
    ///
    /// - Complexity: O(parameters), one pass over memory: some 0.1 ms a million.
    package var firstNonFinite: (name: String, index: Int)? {
        // A square overflows before its number does: only then is each number looked at.
        if ElementWise.sumOfSquares(whole).isFinite { return nil }
        for entry in layout.entries {
            if let index = blocks[entry.name].array.firstIndex(where: { !$0.isFinite }) { return (entry.name, index) }
        }
        return nil
    }
}
