/// Traces a stage's output to its input, for as much of a text as is still needed.
struct EditTrack {
    private struct Placed {
        let inputStart: Int
        let outputStart: Int
        let edit: EditList.Edit
    }

    private var placed: [Placed] = []
    private var input = 0
    private var output = 0

    /// Adds the next edits of the stage.
    mutating func append(_ list: EditList) {
        for edit in list.edits {
            if edit.output > 0 { placed.append(Placed(inputStart: input, outputStart: output, edit: edit)) }
            input += edit.input
            output += edit.output
        }
    }

    /// Forgets edits before `position` of the output, which are no longer needed.
    mutating func forget(before position: Int) {
        let index = firstIndex(after: position)
        if index > 64 { placed.removeFirst(index - 1) }
    }

    /// The bytes of the input that became `range` of the output: whole edits, or single bytes where they were kept.
    ///
    /// An empty range gives an empty range.
    /// - Complexity: logarithmic in the number of edits.
    func source(of range: Range<Int>) -> Range<Int> {
        let lower = inputBounds(ofByte: range.lowerBound).lowerBound
        guard !range.isEmpty else { return lower..<lower }
        return lower..<max(lower, inputBounds(ofByte: range.upperBound - 1).upperBound)
    }

    private func inputBounds(ofByte position: Int) -> Range<Int> {
        let index = firstIndex(after: position) - 1
        guard index >= 0, position < placed[index].outputStart + placed[index].edit.output else { return input..<input }
        let found = placed[index]
        guard found.edit.isKept else { return found.inputStart..<found.inputStart + found.edit.input }
        let start = found.inputStart + position - found.outputStart
        return start..<start + 1
    }

    /// The first index whose output begins after `position`.
    private func firstIndex(after position: Int) -> Int {
        var (low, high) = (0, placed.count)
        while low < high {
            let middle = (low + high) / 2
            if placed[middle].outputStart <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
