extension StageRegistry {
    /// Every stage by its name with what it does and which options it has, sorted, then `segment` and what can be asked of the
    /// vocabulary.
    public var summaries: [(name: String, summary: String)] {
        let stages = names.compactMap { name in
            (try? definition(for: StageDescription(name: name))).map { (name: name, summary: $0.summary) }
        }
        return stages + [
            (name: SegmentOptions.stageName, summary: SegmentOptions.summary),
            (name: PipelinePlan.vocabularyName, summary: PipelinePlan.vocabularySummary),
        ]
    }
}
