/// Where each stretch of a stage's output came from, for as much of a text as is still asked about.
struct EditTrack {
    private struct Placed {
        let inputStart: Int
        let outputStart: Int
        let edit: EditList.Edit
    }

    private var placed: [Placed] = []
    private var input = 0
    private var output = 0

    /// Adds what the stage did next.
    mutating func append(_ list: EditList) {
        for edit in list.edits {
            if edit.output > 0 { placed.append(Placed(inputStart: input, outputStart: output, edit: edit)) }
            input += edit.input
            output += edit.output
        }
    }

    /// Forgets what lies before `position` of the output, which is not asked about any more.
    mutating func forget(before position: Int) {
        let index = firstIndex(behind: position)
        if index > 64 { placed.removeFirst(index - 1) }
    }

    /// The bytes of the input that `range` of the output stands for: whole edits, single bytes of what was kept.
    ///
    /// A range without a byte gives one without a byte.
    /// - Complexity: logarithmic in the number of edits.
    func source(of range: Range<Int>) -> Range<Int> {
        let lower = inputBounds(ofByte: range.lowerBound).lowerBound
        guard !range.isEmpty else { return lower..<lower }
        return lower..<max(lower, inputBounds(ofByte: range.upperBound - 1).upperBound)
    }

    private func inputBounds(ofByte position: Int) -> Range<Int> {
        let index = firstIndex(behind: position) - 1
        guard index >= 0, position < placed[index].outputStart + placed[index].edit.output else { return input..<input }
        let found = placed[index]
        guard found.edit.isKept else { return found.inputStart..<found.inputStart + found.edit.input }
        let start = found.inputStart + position - found.outputStart
        return start..<start + 1
    }

    /// The first index whose output begins behind `position`.
    private func firstIndex(behind position: Int) -> Int {
        var (low, high) = (0, placed.count)
        while low < high {
            let middle = (low + high) / 2
            if placed[middle].outputStart <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
