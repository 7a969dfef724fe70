public import RunicSampling
public import RunicText

/// What a program adds to Runic: a value, which is registered in and then passed to whatever makes models.
///
///     var environment = Environment()
///     environment.stages.register(StageDefinition(name: "capitals") { _, _ in CapitalsStage() })
///     environment.transforms.register("typical") { value throws(SamplingError) in try TypicalTransform(value) }
///     let model = try TextModel(path: "mine.runic", environment: environment)
///
/// An archive names the stages of its model, so it can be read only in an environment that has them.
public struct Environment: Sendable {
    /// The stages from bytes to symbols.
    public var stages: StageRegistry
    /// The transforms of sampling, which ``SamplerSettings/additional`` names.
    public var transforms: TransformRegistry

    /// Creates an environment; the default is what Runic has built in.
    public init(stages: StageRegistry = .builtIn, transforms: TransformRegistry = TransformRegistry()) {
        self.stages = stages
        self.transforms = transforms
    }
}
