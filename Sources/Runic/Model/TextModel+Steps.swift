package import RunicModel
package import RunicText

extension TextModel {
    /// The model below the text: one id at a time, for those who look at its states.
    package var steps: InferenceModel { inference }

    /// The model's stages, replacing invalid bytes instead of stopping at them.
    ///
    /// - Throws: `TextError`.
    package func repairingPipeline() throws(TextError) -> TextPipeline {
        try TextPipeline(pipeline.description.repairing, registry: registry)
    }
}
