/// The sums of the gradients of all tensors.
struct ReferenceGradients: Sendable {
    private(set) var tensors: [String: [Double]]

    init(like tensors: [String: [Double]]) {
        self.tensors = tensors.mapValues { [Double](repeating: 0, count: $0.count) }
    }

    /// Adds to the elements of a tensor from `first` on.
    mutating func add(_ name: String, at first: Int = 0, _ values: Vector) {
        func add(to sums: inout [Double]) {
            for element in 0..<values.count { sums[first + element] += values[element] }
        }
        add(to: &tensors[name, default: []])
    }
}
