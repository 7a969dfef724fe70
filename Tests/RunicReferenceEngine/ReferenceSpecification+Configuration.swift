package import RunicModel
package import RunicReference

extension ReferenceSpecification {
    /// The specification of a model, as far as it is not zoneout.
    ///
    /// - Returns: nil if the reference has no such cell.
    package init?(_ configuration: ModelConfiguration) {
        guard let cell = ReferenceCell(rawValue: configuration.cell) else { return nil }
        self.init(
            cell: cell, vocabularySize: configuration.vocabularySize, embeddingSize: configuration.embeddingSize,
            hiddenSize: configuration.hiddenSize, layers: configuration.layers,
            projectionSize: configuration.projectionSize, residual: configuration.residual,
            layerNorm: configuration.layerNorm, learnsInitialState: configuration.learnsInitialState,
            tied: configuration.tied)
        skip = configuration.skip
        capsInputGate = configuration.capsInputGate
    }
}
