/// Leaves the text as it is: what stages that take files apart are for text in memory, such as a prompt.
struct PassingStage: TextStage {
    func process(_ input: Span<UInt8>, into output: inout StageOutput) { output.pass(input) }
    func finish(into output: inout StageOutput) {}
    func treatment(of codePoint: UInt32) -> CodePointEffect { .leaves }
}
