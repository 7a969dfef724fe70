/// What can be wrong with the settings of a sampler.
public enum SamplingError: Error, Hashable, Sendable {
    /// A setting is out of its range; `allowed` says what may be given.
    case invalidSetting(name: String, value: String, allowed: String)
    /// No transform of this name is registered.
    case unknownTransform(name: String, known: [String])
    /// Every identifier of the vocabulary is banned, so that nothing could be drawn.
    case everythingBanned(vocabularySize: Int)
}

extension SamplingError: CustomStringConvertible {
    /// One line for the user: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .invalidSetting(let name, let value, let allowed):
            "\(name) cannot be \(value); give \(allowed)"
        case .unknownTransform(let name, let known):
            "there is no sampling transform \"\(name)\"; known are \(known.joined(separator: ", "))"
        case .everythingBanned(let vocabularySize):
            "all \(vocabularySize) symbols of the vocabulary are banned; leave at least one"
        }
    }
}
