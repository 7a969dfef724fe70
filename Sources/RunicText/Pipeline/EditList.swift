/// How a stretch of output was made from a stretch of input, part by part, in order.
package struct EditList: Sendable, Hashable {
    /// One part: `input` bytes became `output` bytes, or stayed as they are.
    package struct Edit: Sendable, Hashable {
        package var input: Int
        package var output: Int
        /// Whether each byte of the output is the byte of the input at the same place.
        package var isKept: Bool
    }

    package private(set) var edits: [Edit] = []

    /// The next `count` bytes stay as they are.
    package mutating func keep(_ count: Int) {
        guard count > 0 else { return }
        if let last = edits.indices.last, edits[last].isKept {
            edits[last].input += count
            edits[last].output += count
        } else {
            edits.append(Edit(input: count, output: count, isKept: true))
        }
    }

    /// The next `input` bytes become `output` others.
    package mutating func replace(_ input: Int, with output: Int) {
        guard input > 0 || output > 0 else { return }
        edits.append(Edit(input: input, output: output, isKept: false))
    }

    package mutating func removeAll() { edits.removeAll(keepingCapacity: true) }
}
