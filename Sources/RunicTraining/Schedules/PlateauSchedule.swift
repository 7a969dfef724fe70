/// Times a factor after so many validations that brought no new best loss; then it waits as many again.
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

    package func share(epoch: Int, progress: Double) -> Double { reached }

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

    package var numbers: [String: Double] {
        get {
            var numbers = ["plateau.waited": Double(waited), "plateau.share": reached]
            numbers["plateau.best"] = best
            return numbers
        }
        set {
            best = newValue["plateau.best"]
            waited = newValue["plateau.waited"].map { Int($0) } ?? 0
            reached = newValue["plateau.share"] ?? 1
        }
    }
}
