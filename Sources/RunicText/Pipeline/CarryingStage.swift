/// A stage that keeps the bytes it cannot settle yet for the next call.
///
/// It must settle all but a few bytes: the rest is copied in front of the next chunk.
protocol CarryingStage: TextStage {
    /// The bytes that are not settled yet.
    var carry: [UInt8] { get set }

    /// Works on `bytes`, all of them if `isFinal`, and returns how many are settled.
    mutating func settle(_ bytes: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) throws(TextError) -> Int

    /// Resets the stage for another text.
    mutating func restart()
}

extension CarryingStage {
    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if carry.isEmpty {
            let settled = try settle(input, isFinal: false, into: &output)
            carry.append(input.extracting(settled..<input.count))
        } else {
            var bytes = carry
            bytes.append(input)
            carry.removeAll(keepingCapacity: true)
            let settled = try settle(bytes.span, isFinal: false, into: &output)
            carry.append(bytes.span.extracting(settled..<bytes.count))
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        let rest = carry
        carry = []
        _ = try settle(rest.span, isFinal: true, into: &output)
        restart()
    }
}
