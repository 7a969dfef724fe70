/// Why a sampler cannot be made from its settings.
public enum SamplingError: Error, Hashable, Sendable {
    /// A setting is out of range; `allowed` describes the range.
    case invalidSetting(name: String, value: String, allowed: String)
    /// No transform of this name is registered.
    case unknownTransform(name: String, known: [String])
    /// Every identifier of the vocabulary is banned, so nothing can be drawn.
    case everythingBanned(vocabularySize: Int)
}

extension SamplingError: CustomStringConvertible {
    /// One line for the user: the fault and a remedy.
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
