/// A transform by name, with its one number.
public struct TransformDescription: Codable, Hashable, Sendable {
    /// The name under which the transform is registered.
    public var name: String
    /// The number that the transform is made with.
    public var value: Double

    /// Creates a description.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}
