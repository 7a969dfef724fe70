/// The edits that made some output from some input, in order.
package struct EditList: Sendable, Hashable {
    /// One edit: `input` bytes became `output` bytes, or were kept.
    package struct Edit: Sendable, Hashable {
        package var input: Int
        package var output: Int
        /// Whether the bytes of the output are those of the input.
        package var isKept: Bool
    }

    package private(set) var edits: [Edit] = []

    /// Notes that the next `count` bytes are kept.
    package mutating func keep(_ count: Int) {
        guard count > 0 else { return }
        if let last = edits.indices.last, edits[last].isKept {
            edits[last].input += count
            edits[last].output += count
        } else {
            edits.append(Edit(input: count, output: count, isKept: true))
        }
    }

    /// Notes that the next `input` bytes become `output` others.
    package mutating func replace(_ input: Int, with output: Int) {
        guard input > 0 || output > 0 else { return }
        edits.append(Edit(input: input, output: output, isKept: false))
    }

    package mutating func removeAll() { edits.removeAll(keepingCapacity: true) }
}
