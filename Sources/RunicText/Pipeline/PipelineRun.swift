/// The stages of a pipeline, except the segmentation, at work on one text.
package struct PipelineRun {
    private let names: [String]
    private let path: String
    /// Whether each stage can be undone.
    private let areLossless: [Bool]
    private var stages: [any TextStage]
    private var outputs: [StageOutput]
    /// Bytes of input to each stage.
    private var taken: [Int]
    /// Bytes that each stage may still put out.
    private var rooms: [Int]
    /// The last input, if there is no stage.
    private var unstaged: [UInt8] = []

    /// - Parameters:
    ///   - areLossless: whether each stage can be undone.
    ///   - recordsEdits: whether to record edits, which tracing needs.
    package init(
        names: [String], stages: [any TextStage], areLossless: [Bool], path: String, recordsEdits: Bool = false
    ) {
        self.names = names
        self.areLossless = areLossless
        self.stages = stages
        self.path = path
        outputs = stages.map { _ in StageOutput(recordsEdits: recordsEdits) }
        taken = stages.map { _ in 0 }
        rooms = stages.map { _ in PipelineLimits.freeOutput }
    }

    /// The output of the last call.
    package var output: [UInt8] { outputs.last?.bytes ?? unstaged }

    /// The edits of each stage in the last call, first stage first; empty unless edits are recorded.
    package var edits: [EditList] { outputs.map(\.edits) }

    /// The number of invalid bytes that the stages replaced.
    package var repairedBytes: Int { stages.reduce(0) { $0 + $1.repairedBytes } }

    /// Where the first bytes that were replaced since the last call begin in their text; nil if there are none, or only a stage after
    /// the first one, which sees no file, replaced any.
    package mutating func takeFirstRepair() -> Int? {
        guard !stages.isEmpty else { return nil }
        return stages[0].takeFirstRepair()
    }

    /// Whether information was lost: a stage that cannot be undone has changed the text, or invalid bytes were replaced. Text
    /// that passes such stages as it is loses nothing.
    package var hasLost: Bool {
        repairedBytes > 0
            || stages.indices.contains { !(stages[$0].isLossless ?? areLossless[$0]) && outputs[$0].hasChanged }
    }

    /// The remarks of all stages about the text.
    package var remarks: [String] { stages.flatMap(\.remarks) }

    /// Those of the remarks that say that the text may have been misread.
    package var warnings: [String] { stages.flatMap(\.warnings) }

    /// The effect of all stages together on a code point, in any context.
    package func effect(on codePoint: UInt32) -> CodePointEffect {
        stages.reduce(.unchanged) { $0.followed(by: $1.effect(on: codePoint)) }
    }

    /// Sends the next bytes through all stages.
    package mutating func process(_ input: Span<UInt8>) throws(TextError) {
        guard !stages.isEmpty else {
            unstaged.removeAll(keepingCapacity: true)
            unstaged.append(input)
            return
        }
        let gain = PipelineLimits.growth * input.count
        for index in stages.indices { rooms[index] = min(rooms[index] + gain, max(PipelineLimits.mostSaved, gain)) }
        try pass(0, input, isFinal: false)
        for index in stages.indices.dropFirst() { try pass(index, isFinal: false) }
    }

    /// Ends the text; the next bytes begin another one.
    package mutating func finish() throws(TextError) {
        unstaged.removeAll(keepingCapacity: true)
        for index in stages.indices {
            if index == 0 { try pass(0, Span(), isFinal: true) } else { try pass(index, isFinal: true) }
            guard outputs[index].accounted == taken[index] else {
                throw .stageFailed(
                    name: names[index], path: path,
                    reason: "it accounted for \(outputs[index].accounted) of \(taken[index]) bytes of its input")
            }
        }
        for index in stages.indices { taken[index] = 0 }
    }

    private mutating func pass(_ index: Int, isFinal: Bool) throws(TextError) {
        var input = StageOutput()
        swap(&input, &outputs[index - 1])
        defer { swap(&input, &outputs[index - 1]) }
        try pass(index, input.bytes.span, isFinal: isFinal)
    }

    private mutating func pass(_ index: Int, _ input: Span<UInt8>, isFinal: Bool) throws(TextError) {
        if taken[index] == 0 { outputs[index].restart() } else { outputs[index].clear() }
        taken[index] += input.count
        outputs[index].room = rooms[index]
        if !input.isEmpty { try stages[index].process(input, into: &outputs[index]) }
        if isFinal { try stages[index].finish(into: &outputs[index]) }
        rooms[index] = outputs[index].room
        guard !outputs[index].isOverfull else {
            throw .stageFailed(name: names[index], path: path, reason: PipelineLimits.tooMuchOutput)
        }
    }
}
