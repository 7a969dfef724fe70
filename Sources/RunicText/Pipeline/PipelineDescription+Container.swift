extension PipelineDescription {
    /// The same pipeline for files of another kind: stages that take a container apart are replaced by others.
    ///
    /// A `decode` stage stays, with the encoding of the new one, or UTF-8; one that reads files as bytes does so unless a new one has
    /// an encoding.
    ///
    /// - Parameter stages: `decode` with an encoding, `fields` and the like; none for plain text in UTF-8.
    /// - Throws: `TextError.unknownStage` and the like, or `.stageOption` for a stage that takes no container apart.
    public func replacingContainer(
        by stages: [StageDescription], registry: StageRegistry = .builtIn
    ) throws(TextError) -> PipelineDescription {
        var made = PipelineDescription(stages: [])
        var place: Int?
        for stage in self.stages {
            if stage.name == "decode" {
                var plain = stage
                if !DecodeStage.takesBytes(stage.options) { plain.options["encoding"] = nil }
                made.stages.append(plain)
            } else if stage.name != SegmentOptions.stageName,
                try registry.definition(for: stage).isContainer(stage.options)
            {
                place = place ?? made.stages.count
            } else {
                made.stages.append(stage)
            }
        }
        var next = place ?? made.stages.lastIndex { ["decode", "newlines"].contains($0.name) }.map { $0 + 1 } ?? 0
        for stage in stages {
            let definition = try registry.definition(for: stage)
            if stage.name == "decode", let first = made.stages.firstIndex(where: { $0.name == "decode" }) {
                made.stages[first].options.merge(stage.options) { $1 }
                continue
            }
            guard stage.name == "decode" || definition.isContainer(stage.options) else {
                throw .stageOption(
                    stage: stage.name, option: "stage", value: stage.name,
                    expected: "decode, fields, abc or plain here: all other stages are the model's")
            }
            let isFirst = stage.name == "decode"
            made.stages.insert(stage, at: isFirst ? 0 : next)
            next += 1
        }
        return made
    }
}
