internal import RunicKernels
internal import RunicModel

/// `runic study gradients`: how much of a layer's past its state still depends on, for several cells.
package struct GradientStudy: Sendable {
    package let settings: GradientSettings
    package let subjects: [GradientSubject]

    /// - Parameter models: trained models, listed after the fresh cells.
    /// - Throws: ``StudyError``: an unknown cell.
    package init(_ settings: GradientSettings, models: [GradientSubject] = []) throws(StudyError) {
        self.settings = settings
        var subjects: [GradientSubject] = []
        for cell in settings.cells { subjects += try GradientSubject.starts(of: cell, settings) }
        self.subjects = subjects + models
    }

    /// Measures the subjects in order.
    ///
    /// - Parameter progress: receives how many are done, and the next one.
    /// - Throws: ``StudyError``.
    package func run(progress: (Int, GradientSubject) -> Void = { _, _ in }) throws(StudyError) -> GradientReport {
        let pool = WorkerPool(workerCount: settings.threads)
        var report = GradientReport(steps: settings.steps)
        for (index, subject) in subjects.enumerated() {
            progress(index, subject)
            do throws(MatrixError) {
                report.series.append(
                    GradientReport.Series(
                        cell: subject.cell, note: subject.note, hiddenSize: subject.parameters.configuration.hiddenSize,
                        gradient: try StateGradient(
                            of: subject.parameters, symbols: subject.symbols, steps: settings.steps,
                            seed: settings.seed, pool: pool)))
            } catch {
                throw .other(error.description)
            }
        }
        return report
    }
}
