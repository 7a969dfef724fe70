/// The stages of a pipeline at work on one text, all but the segmentation.
struct PipelineRun {
    private var stages: [any TextStage]
    private var buffers: [[UInt8]]

    init(stages: [any TextStage]) {
        self.stages = stages
        buffers = Array(repeating: [], count: stages.count + 1)
    }

    /// What the last call gave.
    var output: [UInt8] { buffers[stages.count] }

    /// How many bytes the stages replaced because they were invalid.
    var repairedBytes: Int { stages.reduce(0) { $0 + $1.repairedBytes } }

    /// Sends the next bytes through all stages.
    mutating func process(_ input: Span<UInt8>) throws(TextError) {
        buffers[0].removeAll(keepingCapacity: true)
        buffers[0].append(input)
        try pass(isFinal: false)
    }

    /// Ends the text.
    mutating func finish() throws(TextError) {
        buffers[0].removeAll(keepingCapacity: true)
        try pass(isFinal: true)
    }

    private mutating func pass(isFinal: Bool) throws(TextError) {
        for index in stages.indices {
            var output: [UInt8] = []
            swap(&output, &buffers[index + 1])
            output.removeAll(keepingCapacity: true)
            let input = buffers[index]
            if !input.isEmpty { try stages[index].process(input.span, into: &output) }
            if isFinal { try stages[index].finish(into: &output) }
            swap(&output, &buffers[index + 1])
        }
    }
}
