/// How an optimizer changes parameters by their gradient, each by itself.
package protocol UpdateRule: Sendable {
    /// What the rule remembers of every parameter: a name for each array.
    var memoryNames: [String] { get }
    /// Changes a piece of the parameters and what is remembered of it.
    func update(_ piece: ParameterSlice, _ step: UpdateStep)
}

/// What an update is about, the same for all pieces.
package struct UpdateStep: Sendable {
    /// t, from 1.
    package var number = 0
    /// What clipping leaves of the gradient.
    package var gradientScale: Float = 1
    /// η.
    package var learningRate = 0.0
}
