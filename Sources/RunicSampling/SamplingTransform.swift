/// A step between logits and a draw: it changes scores or removes candidates, in place.
///
/// `apply` is called once per symbol and should not allocate.
public protocol SamplingTransform: Sendable {
    /// Changes the scores of the candidates or removes some of them.
    func apply(to candidates: inout Candidates)
}
