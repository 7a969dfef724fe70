public import RunicModel
internal import RunicTraining

/// Features of a model's layers in addition to their cells: `stack.residual = true`; see `LayerOptions`.
@dynamicMemberLookup
public struct StackSettings: Sendable, Hashable, Codable {
    /// Zoneout is a setting of training, which puts it into the model's options.
    private var options = LayerOptions()
    /// Whether the softmax layer uses the embedding as its weights.
    public var tied = false

    /// None of the features.
    public init() {}

    /// P, the width to which an LSTM's hidden state is projected; nil for no projection.
    public var projection: Int? {
        get { options.projectionSize }
        set { options.projectionSize = newValue }
    }

    /// A feature that is on or off.
    public subscript(dynamicMember feature: WritableKeyPath<LayerOptions, Bool>) -> Bool {
        get { options[keyPath: feature] }
        set { options[keyPath: feature] = newValue }
    }

    /// The options of the model's layers.
    func layerOptions(_ training: TrainingSettings) -> LayerOptions {
        var made = options
        made.zoneoutHidden = training.zoneoutHidden
        made.zoneoutCell = training.zoneoutCell
        return made
    }

    /// The features that are on and change nothing in a model of some layers, with the reason.
    func unused(layers: Int) -> [(option: String, reason: String)] { options.unused(layers: layers) }

    enum CodingKeys: String, CodingKey {
        case projection, tied
    }

    /// Features of earlier versions are always written, as those versions need them.
    private static let alwaysWritten: Set = ["residual", "layer_norm", "learns_initial_state"]

    /// Missing keys are off.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        tied = try values.decodeIfPresent(Bool.self, forKey: .tied) ?? false
        options.projectionSize = try values.decodeIfPresent(Int.self, forKey: .projection)
        try options.readSwitches(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(tied, forKey: .tied)
        try values.encodeIfPresent(options.projectionSize, forKey: .projection)
        try options.writeSwitches(to: encoder, always: Self.alwaysWritten)
    }
}
