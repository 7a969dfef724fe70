/// A factor after every `patience` validations without a new best loss.
package struct PlateauSchedule: LearningRateSchedule {
    private let factor: Double
    private let patience: Int
    private var best: Double?
    private var waited = 0
    private var reached = 1.0

    /// - Precondition: `patience` is positive.
    package init(factor: Double, patience: Int) {
        precondition(patience > 0, "a patience of \(patience)")
        self.factor = factor
        self.patience = patience
    }

    package func fraction(epoch: Int, progress: Double) -> Double { reached }

    package mutating func validated(_ nats: Double) {
        if nats < best ?? .infinity {
            best = nats
            waited = 0
            return
        }
        waited += 1
        guard waited == patience else { return }
        waited = 0
        reached *= factor
    }

    package var scalarState: [String: Double] {
        get {
            var state = ["plateau.waited": Double(waited), "plateau.share": reached]
            state["plateau.best"] = best
            return state
        }
        set {
            best = newValue["plateau.best"]
            waited = newValue["plateau.waited"].flatMap { Int(exactly: $0) } ?? 0
            reached = newValue["plateau.share"] ?? 1
        }
    }
}
