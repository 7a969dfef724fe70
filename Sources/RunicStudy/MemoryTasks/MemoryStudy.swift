internal import RunicCells
internal import RunicKernels

/// `runic study memory`: several cells at several lags on one task.
package struct MemoryStudy: Sendable {
    package let task: MemoryTask
    package let settings: MemorySettings
    private let cells: [any RecurrentCell]

    /// What is being trained, for a progress line.
    package struct Moment: Sendable {
        package let cell: String
        package let lag: Int
        package let learningRate: Double
        package let point: MemoryResult.Point
    }

    /// - Throws: ``StudyError/cell(_:)``: an unknown cell.
    package init(_ task: MemoryTask, _ settings: MemorySettings) throws(StudyError) {
        self.task = task
        self.settings = settings
        let registry = CellRegistry()
        var cells: [any RecurrentCell] = []
        for name in settings.cells {
            do throws(CellError) {
                cells.append(try registry.cell(named: name))
            } catch {
                throw .cell("\(error)")
            }
        }
        self.cells = cells
    }

    /// Trains every cell at every lag with every seed: with each learning rate in order until one solves the task.
    ///
    /// - Parameter shouldStop: asked before every update; a run that it ends is reported as far as it came.
    /// - Throws: ``StudyError``.
    package func run(
        progress: (Moment) -> Void = { _ in }, shouldStop: () -> Bool = { false }
    ) throws(StudyError) -> MemoryReport {
        let pool = WorkerPool(workerCount: settings.threads)
        var report = MemoryReport(task: task.rawValue, settings: settings)
        for cell in cells {
            for lag in settings.lags {
                for seed in 1...UInt64(settings.seeds) {
                    for rate in settings.learningRates where !shouldStop() {
                        let run = MemoryRun(
                            task.problem(lag: lag), cell: cell, settings: settings, seed: seed, learningRate: rate)
                        let moment = { Moment(cell: cell.name, lag: lag, learningRate: rate, point: $0) }
                        do throws(MatrixError) {
                            let result = try run.run(
                                pool: pool, progress: { progress(moment($0)) }, shouldStop: shouldStop)
                            if result.updates > 0 { report.runs.append(result) }
                            if result.isSolved { break }
                        } catch {
                            throw .other(error.description)
                        }
                    }
                }
            }
        }
        return report
    }
}
