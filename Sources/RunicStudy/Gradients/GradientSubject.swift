package import Runic
internal import RunicCells
internal import RunicKernels
internal import RunicModel
internal import RunicDisplay

/// A layer whose gradient is measured: of a cell as it starts, or of a model that was trained.
package struct GradientSubject: Sendable {
    /// The cell's specification.
    package let cell: String
    /// How the cell starts, or the model's name.
    package let note: String
    let parameters: ModelParameters
    let symbols: [Int]

    /// Symbols read before those over which a gradient goes back.
    package static let lead = 100
    /// The vocabulary and the embedding of fresh models.
    private static let vocabulary = 64

    /// A model that was trained, over the first symbols of a text.
    ///
    /// - Throws: ``StudyError``: the text is too short.
    package init(_ model: TextModel, _ text: StudyText, steps: Int) throws(StudyError) {
        let known = text.identifiers.compactMap(\.self)
        guard known.count > steps else {
            throw .other(
                "\(text.name): \(known.count) symbols that \(model.name) can read are too few for \(steps) steps; use "
                    + "fewer --steps")
        }
        cell = model.configuration.cell
        note = model.name
        parameters = model.steps.parameters
        symbols = known.suffix(steps + Self.lead)
    }

    /// The starts of a cell: its ordinary one; one that remembers from the start, where the cell can; and for a cell without
    /// gates one with larger recurrent weights.
    ///
    /// Each reads the same random symbols, each as likely as the others.
    ///
    /// - Throws: ``StudyError``: an unknown cell.
    package static func starts(
        of cell: String, _ settings: GradientSettings
    ) throws(StudyError) -> [GradientSubject] {
        let plain = try start(cell, settings, "as it starts", rememberedSteps: nil, gain: 1)
        let shape = plain.parameters.shape
        var starts = [plain]
        let bias = { (steps: Int?) in
            var generator = SplitMix64(seed: settings.seed)
            return shape.cell.initialInputBias(hiddenSize: shape.hiddenSize, rememberedSteps: steps, &generator)
        }
        let remembered = settings.remember ?? settings.steps
        if remembered > 0 && bias(remembered) != bias(nil) {
            starts.append(
                try start(cell, settings, "remembering \(remembered) steps", rememberedSteps: remembered, gain: 1))
        }
        if shape.cell.gateCount == 1 && settings.gain != 1 {
            starts.append(
                try start(
                    cell, settings, "recurrent weights × \(NumberFormat.fixed(settings.gain, 1))", rememberedSteps: nil,
                    gain: settings.gain))
        }
        return starts
    }

    private init(cell: String, note: String, parameters: ModelParameters, symbols: [Int]) {
        (self.cell, self.note, self.parameters, self.symbols) = (cell, note, parameters, symbols)
    }

    private static func start(
        _ cell: String, _ settings: GradientSettings, _ note: String, rememberedSteps: Int?, gain: Double
    ) throws(StudyError) -> GradientSubject {
        let configuration = ModelConfiguration(
            cell: cell, vocabularySize: vocabulary, embeddingSize: vocabulary, hiddenSize: settings.hidden, layers: 1)
        let parameters: ModelParameters
        do throws(ModelError) {
            parameters = try ModelParameters(configuration: configuration)
        } catch {
            throw .cell(error.description)
        }
        parameters.initialise(seed: settings.seed, rememberedSteps: rememberedSteps)
        if gain != 1 {
            let weight = parameters.blocks[StackShape.Names(layer: 0).hiddenWeight]
            weight.assign(from: weight.array.map { $0 * Float(gain) })
        }
        var generator = SplitMix64(seed: settings.seed, stream: 0x5E_ED)
        let symbols = (0..<(settings.steps + lead)).map { _ in generator.nextIndex(0..<vocabulary) }
        return GradientSubject(cell: parameters.shape.cell.name, note: note, parameters: parameters, symbols: symbols)
    }
}
