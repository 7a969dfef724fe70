/// A stage at work on one text: chunks of bytes in, chunks of bytes out.
///
/// The whole output must not depend on where the input is cut: a stage keeps bytes that it cannot settle yet. It accounts in `output`
/// for every byte of its input, in order.
public protocol TextStage {
    /// Takes the next bytes of the text and writes settled ones to `output`.
    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError)

    /// Ends the text, writes the rest to `output`, and resets the stage for another text.
    mutating func finish(into output: inout StageOutput) throws(TextError)

    /// Invalid bytes of the input that were replaced since the stage was made.
    var repairedBytes: Int { get }

    /// Where the first replaced bytes of the text begin, in bytes of the input, and forgets them; nil if there are none, or their
    /// place is not known. It may be asked after the end of the text.
    mutating func takeFirstRepair() -> Int?

    /// Whether the output determines the input, once the input has shown that; nil: as the stage's definition says.
    var isLossless: Bool? { get }

    /// The stage's effect on a code point, in any context; the default, `.contextual`, is always correct.
    ///
    /// Text in which every code point is unchanged skips the stage.
    func effect(on codePoint: UInt32) -> CodePointEffect

    /// Remarks for the user on how the text was read, such as a guessed encoding: one line each, without the path.
    var remarks: [String] { get }

    /// Those of the remarks that say that the text may have been misread.
    var warnings: [String] { get }
}

extension TextStage {
    public var repairedBytes: Int { 0 }
    public mutating func takeFirstRepair() -> Int? { nil }
    public var isLossless: Bool? { nil }
    public var remarks: [String] { [] }
    public var warnings: [String] { [] }
    public func effect(on codePoint: UInt32) -> CodePointEffect { .contextual }
}

/// The effect of a stage on a code point, in any context.
public enum CodePointEffect: Sendable, Hashable {
    /// It may be changed, or its effect depends on its neighbours.
    case contextual
    /// Passed through unchanged next to any other unchanged code point, and independent of what precedes it, so a text may be cut
    /// before it.
    case unchanged
    /// Passed through unchanged after any other unchanged code point, as long as combining classes other than 0 do not decrease
    /// within a run of marks.
    case unchangedMark(combiningClass: UInt8)

    /// The effect of two stages, one after the other.
    func followed(by next: CodePointEffect) -> CodePointEffect {
        switch (self, next) {
        case (.contextual, _), (_, .contextual): .contextual
        case (.unchanged, let other), (let other, .unchanged): other
        case (.unchangedMark(let one), .unchangedMark(let other)): one == other ? self : .contextual
        }
    }
}

/// Passes the text on: stages that read the format of a file are this for text in memory, such as a prompt.
struct PassingStage: TextStage {
    func process(_ input: Span<UInt8>, into output: inout StageOutput) { output.pass(input) }
    func finish(into output: inout StageOutput) {}
    func effect(on codePoint: UInt32) -> CodePointEffect { .unchanged }
}
