package import RunicCells
package import RunicKernels
internal import RunicTraining

/// Training of one cell on one problem, with new sequences at every update, until it holds the answer or time is up.
///
/// Adam with a constant rate and clipped gradients; the state is zero before every sequence. As no sequence comes twice, the
/// loss before each update is that of sequences never seen.
package struct MemoryRun: Sendable {
    let problem: any MemoryProblem
    let cell: any RecurrentCell
    let settings: MemorySettings
    let seed: UInt64
    let learningRate: Double

    package init(
        _ problem: any MemoryProblem, cell: any RecurrentCell, settings: MemorySettings, seed: UInt64,
        learningRate: Double
    ) {
        (self.problem, self.cell, self.settings, self.seed) = (problem, cell, settings, seed)
        self.learningRate = learningRate
    }

    /// Trains.
    ///
    /// - Parameters:
    ///   - progress: receives every point of the curve.
    ///   - shouldStop: asked before every update.
    /// - Throws: ``MatrixError/unsupported(_:)``.
    package func run(
        pool: WorkerPool, progress: (MemoryResult.Point) -> Void = { _ in }, shouldStop: () -> Bool = { false }
    ) throws(MatrixError) -> MemoryResult {
        let remembered = settings.remember ?? problem.lag
        let engine = try SequenceEngine(
            problem, cell: cell, hiddenSize: settings.hidden, batch: settings.batch, seed: seed,
            rememberedSteps: remembered > 0 ? remembered : nil, pool: pool)
        var result = MemoryResult(
            task: problem.name, cell: cell.name, lag: problem.lag, seed: seed, learningRate: learningRate,
            parameters: engine.layout.parameterCount, baseline: problem.baseline)
        let clock = ContinuousClock(), start = clock.now
        var window = Window()
        var held = 0
        while result.updates < settings.steps && !shouldStop() {
            let update = result.updates
            let batch = UInt64(settings.batch)
            engine.setRows { [problem, seed] row in
                var generator = SplitMix64(seed: seed, stream: 1 << 32 + UInt64(update) * batch + UInt64(row))
                return problem.sequence(&generator)
            }
            let loss = engine.gradient(key: nil)
            let norm = engine.gradientNorm()
            if loss.isFinite && norm.isFinite {
                engine.update(
                    gradientScale: Float(min(1, settings.clipNorm / max(norm, 1e-12))), learningRate: learningRate)
            }
            window.add(loss, engine.recalled)
            result.updates += 1
            let elapsed = clock.now - start
            result.seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
            let isLate = settings.seconds.map { result.seconds >= $0 } ?? false
            guard window.count == MemorySettings.window || isLate || result.updates == settings.steps else { continue }
            let point = window.point(after: result.updates)
            let isWhole = window.count == MemorySettings.window
            window = Window()
            result.curve.append(point)
            progress(point)
            held = isWhole && problem.isSolved(loss: point.loss, recalled: point.recalled) ? held + 1 : 0
            if held == MemorySettings.held {
                result.solvedAt = result.updates - (held - 1) * MemorySettings.window
                break
            }
            if isLate { break }
        }
        return result
    }

    /// Losses since the last point of the curve.
    private struct Window {
        var count = 0
        var loss = 0.0
        var recalled: Double?

        mutating func add(_ loss: Double, _ recalled: Double?) {
            count += 1
            self.loss += loss
            if let recalled { self.recalled = (self.recalled ?? 0) + recalled }
        }

        func point(after updates: Int) -> MemoryResult.Point {
            MemoryResult.Point(
                update: updates, loss: loss / Double(count), recalled: recalled.map { $0 / Double(count) })
        }
    }
}
