/// The transforms by name: a value, so that a program can add its own and pass the registry on.
public struct TransformRegistry: Sendable {
    /// Makes a transform from its number.
    public typealias Factory = @Sendable (_ value: Double) throws(SamplingError) -> any SamplingTransform

    private var factories: [String: Factory] = [:]

    /// Creates a registry of the built-in transforms: `temperature`, `top-k`, `top-p` and `min-p`.
    public init() {
        register("temperature") { value throws(SamplingError) in try TemperatureTransform(value) }
        register("top-k") { value throws(SamplingError) in
            guard let count = Int(exactly: value) else {
                throw .invalidSetting(name: "top-k", value: "\(value)", allowed: "a whole number of 1 or more")
            }
            return try TopKTransform(count)
        }
        register("top-p") { value throws(SamplingError) in try TopPTransform(value) }
        register("min-p") { value throws(SamplingError) in try MinPTransform(value) }
    }

    /// The registered names, sorted.
    public var names: [String] { factories.keys.sorted() }

    /// Adds a transform; it replaces one of the same name.
    public mutating func register(_ name: String, make: @escaping Factory) {
        factories[name] = make
    }

    /// Makes the described transform.
    ///
    /// - Throws: `SamplingError.unknownTransform`, or the error of the transform for an invalid number.
    public func make(_ description: TransformDescription) throws(SamplingError) -> any SamplingTransform {
        guard let factory = factories[description.name] else {
            throw .unknownTransform(name: description.name, known: names)
        }
        return try factory(description.value)
    }
}

/// A transform by name, with its number.
public struct TransformDescription: Codable, Hashable, Sendable {
    /// The name under which the transform is registered.
    public var name: String
    /// The number from which the transform is made, such as a temperature.
    public var value: Double

    /// Creates a description.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}
