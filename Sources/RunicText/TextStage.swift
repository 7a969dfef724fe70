/// A stage at work on one text: chunks of bytes in, chunks of bytes out.
///
/// What comes out in all must not depend on where the input is cut: a stage carries what it cannot settle yet.
public protocol TextStage {
    /// Takes the next bytes of the text and appends what is settled to `output`.
    mutating func process(_ input: Span<UInt8>, into output: inout [UInt8]) throws(TextError)

    /// Ends the text, appends the rest to `output`, and puts the stage at its start again.
    mutating func finish(into output: inout [UInt8]) throws(TextError)

    /// How many bytes of the input, since the stage was made, were replaced because they were invalid.
    var repairedBytes: Int { get }
}

extension TextStage {
    public var repairedBytes: Int { 0 }
}
