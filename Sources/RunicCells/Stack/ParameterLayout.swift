/// The place of each tensor in a model's single parameter buffer.
///
/// The gradient and the optimizer's moments have the same layout. Tensors start on cache lines; the gaps stay zero.
package struct ParameterLayout: Sendable, Hashable {
    /// One named tensor.
    package struct Entry: Sendable, Hashable {
        /// PyTorch's name, such as `rnn.weight_hh_l0`.
        package let name: String
        /// One or two sizes.
        package let shape: [Int]
        /// Index of the first element.
        package let offset: Int

        package var count: Int { shape.reduce(1, *) }
        package var rows: Int { shape.count == 2 ? shape[0] : 1 }
        package var columns: Int { shape.last ?? 1 }
        package var range: Range<Int> { offset..<(offset + count) }
        /// Whether it is a matrix; only matrices have weight decay.
        package var isMatrix: Bool { shape.count == 2 }
    }

    package private(set) var entries: [Entry] = []
    /// The length of the buffer, gaps included.
    package private(set) var length = 0

    package init() {}

    /// Adds a tensor at the end.
    package mutating func append(_ name: String, _ shape: [Int]) {
        let entry = Entry(name: name, shape: shape, offset: length)
        entries.append(entry)
        length = (entry.range.upperBound + 15) / 16 * 16
    }

    /// The number of parameters, without gaps.
    package var parameterCount: Int { entries.reduce(0) { $0 + $1.count } }

    /// The tensor with a name.
    ///
    /// - Precondition: the tensor exists.
    package func entry(_ name: String) -> Entry {
        guard let found = entries.first(where: { $0.name == name }) else {
            preconditionFailure("no parameter is named \(name)")
        }
        return found
    }
}
