/// A stage at work on one text: chunks of bytes in, chunks of bytes out.
///
/// What comes out in all must not depend on where the input is cut: a stage carries what it cannot settle yet. It accounts in
/// `output` for every byte that it takes, in order.
public protocol TextStage {
    /// Takes the next bytes of the text and gives what is settled to `output`.
    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError)

    /// Ends the text, gives the rest to `output`, and puts the stage at its start again.
    mutating func finish(into output: inout StageOutput) throws(TextError)

    /// How many bytes of the input, since the stage was made, were replaced because they were invalid.
    var repairedBytes: Int { get }

    /// What the stage makes of a code point whatever text it stands in; the most careful answer is `.depends`.
    ///
    /// Text of code points that are all left as they are need not go through the stage at all.
    func treatment(of codePoint: UInt32) -> CodePointEffect

    /// What a person should know of how this text was read, such as a guessed encoding; one line each, without the path.
    var remarks: [String] { get }
}

extension TextStage {
    public var repairedBytes: Int { 0 }
    public var remarks: [String] { [] }
    public func treatment(of codePoint: UInt32) -> CodePointEffect { .depends }
}
