/// One prompt and its continuation, with the contexts that take them back.
struct Exchange<Context: Sendable>: Sendable {
    /// The context before the prompt.
    let before: Context
    /// The context between prompt and continuation.
    var afterPrompt: Context
    /// What was read of the prompt, in UTF-8.
    var prompt: [UInt8] = []
    /// What was generated.
    var continuation: [UInt8] = []
}
