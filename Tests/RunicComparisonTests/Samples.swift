import RunicTraining

@testable import RunicEvaluation
@testable import RunicComparison

/// Runs and reports with given losses.
enum Samples {
    /// A complete run with a test loss, and blocks that lie around it by what `wave` says.
    static func run(
        _ cell: String, seed: UInt64, nats: Double?, wave: [Double] = [], end: ComparisonRun.End = .finished,
        speed: Double = 1_000, unknown: PartSize = PartSize()
    ) -> ScoredRun {
        let figures = nats.flatMap { nats in
            PartLoss(predictedNats: nats * 4_000, symbols: 4_001, vocabularySize: 16, size: unknown)
        }
        let run = ComparisonRun(
            cell: cell, layers: 2, hidden: 128, embedding: 128, parameters: 12_345, seed: seed, end: end, steps: 10,
            bestStep: 5, symbols: 640, seconds: 0.5, symbolsPerSecond: speed, validation: nil, test: figures)
        return ScoredRun(run: run, blocks: wave.map { (nats ?? 0) + $0 })
    }

    static func report(_ scored: [ScoredRun], interrupted: Bool = false) -> ComparisonReport {
        ComparisonReport(
            matching: .parameters, settings: TrainingSettings(), interrupted: interrupted, comparedPart: .test,
            scored: scored)
    }
}
