/// The stages of a pipeline at work on one text, all but the segmentation.
package struct PipelineRun {
    private let names: [String]
    private let path: String
    private var stages: [any TextStage]
    private var outputs: [StageOutput]
    /// Bytes that each stage has taken.
    private var taken: [Int]
    /// What came in last, where there is no stage.
    private var unstaged: [UInt8] = []

    /// - Parameter recordsEdits: whether symbols are to be traced.
    package init(names: [String], stages: [any TextStage], path: String, recordsEdits: Bool = false) {
        self.names = names
        self.stages = stages
        self.path = path
        outputs = stages.map { _ in StageOutput(recordsEdits: recordsEdits) }
        taken = stages.map { _ in 0 }
    }

    /// What the last call gave.
    package var output: [UInt8] { outputs.last?.bytes ?? unstaged }

    /// What the last call of each stage did, first to last; empty unless edits are recorded.
    package var edits: [EditList] { outputs.map(\.edits) }

    /// How many bytes the stages replaced because they were invalid.
    package var repairedBytes: Int { stages.reduce(0) { $0 + $1.repairedBytes } }

    /// What the stages remark about the text.
    package var remarks: [String] { stages.flatMap(\.remarks) }

    /// What all stages together make of a code point, whatever text it stands in.
    package func treatment(of codePoint: UInt32) -> CodePointEffect {
        stages.reduce(.leaves) { $0.followed(by: $1.treatment(of: codePoint)) }
    }

    /// Sends the next bytes through all stages.
    package mutating func process(_ input: Span<UInt8>) throws(TextError) {
        guard !stages.isEmpty else {
            unstaged.removeAll(keepingCapacity: true)
            unstaged.append(input)
            return
        }
        try pass(0, input, isFinal: false)
        for index in stages.indices.dropFirst() { try pass(index, isFinal: false) }
    }

    /// Ends the text; what follows is another.
    package mutating func finish() throws(TextError) {
        unstaged.removeAll(keepingCapacity: true)
        for index in stages.indices {
            if index == 0 { try pass(0, Span(), isFinal: true) } else { try pass(index, isFinal: true) }
            guard outputs[index].accounted == taken[index] else {
                throw .stageFailed(
                    name: names[index], path: path,
                    reason: "it accounted for \(outputs[index].accounted) of \(taken[index]) bytes that it was given")
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
        if !input.isEmpty { try stages[index].process(input, into: &outputs[index]) }
        if isFinal { try stages[index].finish(into: &outputs[index]) }
    }
}
