package import Runic
package import RunicText
internal import RunicTraining

/// Finds what a person should know about texts before training on them.
package struct TextInspector: Sendable {
    private let options: InspectionOptions
    private let registry: StageRegistry

    package init(_ options: InspectionOptions = InspectionOptions(), registry: StageRegistry = .builtIn) {
        self.options = options
        self.registry = registry
    }

    /// Reads the files and folders of `paths`; `-` is standard input.
    ///
    /// A file that cannot be read, or that a stage fails on, is left out and listed, unless there is no other.
    ///
    /// - Throws: ``RunicError/text(_:)``, but not for invalid bytes, or what presets cannot be measured for.
    package func examine(paths: [String]) throws(RunicError) -> InspectionReport {
        do {
            let input = try InspectionInput(
                paths: paths, filter: options.files,
                readsBytes: try TextPipeline(options.pipeline, registry: registry).readsBytes)
            // The source names a copy of standard input that is gone with `input`.
            defer { withExtendedLifetime(input) {} }
            do {
                do {
                    return try examine(input, input.source)
                } catch let error as TextError {
                    guard input.source.files.count > 1, error.path != nil else { throw error }
                    return try examine(input, readable(input.source, input.named))
                }
            } catch let error as TextError {
                throw input.named(error)
            }
        } catch let error as TextError {
            throw .text(error)
        } catch let error as TrainingError {
            throw .training(error)
        } catch let error as RunicError {
            throw error
        } catch {
            throw .other("\(error)")
        }
    }

    /// The source without the files that the pipeline fails on.
    ///
    /// - Throws: the first error, where it fails on all.
    private func readable(
        _ source: TextSource, _ named: (TextError) -> TextError
    ) throws(TextError) -> TextSource {
        let pipeline = try TextPipeline(options.pipeline.repairing, registry: registry)
        var bad: [TextSource.Skipped] = []
        var first: TextError?
        for file in source.files {
            do throws(TextError) {
                var nothing = SymbolCounter()
                _ = try ReportPass(pipeline: pipeline, chunkSize: 1 << 18)
                    .run(TextSource(only: file), into: &nothing)
            } catch .emptyText {
                continue
            } catch {
                first = first ?? error
                bad.append(TextSource.Skipped(path: file.path, reason: named(error).reason(for: file.path)))
            }
        }
        let rest = TextSource(source, without: bad)
        if let first, rest.files.isEmpty { throw first }
        return rest
    }

    private func examine(_ input: InspectionInput, _ source: TextSource) throws -> InspectionReport {
        let pipeline = try TextPipeline(options.pipeline.repairing, registry: registry)
        let (corpus, (findings, output)) = try Parallel.pair { () throws(TextError) in
            try encode(source, pipeline)
        } _: { () throws(TextError) in
            (
                try TextExamination.examine(
                    source, description: options.pipeline, registry: registry, name: { input.name(of: $0.path) }),
                try TextExamination.examineOutput(source, description: options.pipeline, registry: registry)
            )
        }
        guard let corpus else {
            let text = try TextContents(
                source, description: options.pipeline, registry: registry, findings: findings, output: output,
                name: input.name(of:))
            return finished(
                InspectionReport(
                    text: text, symbolTable: text.mostFrequent, frequencies: text.mostFrequent.map(\.count),
                    analysis: nil, presets: nil, places: findings.places), source)
        }
        let files = corpus.files.map { file in
            var named = file
            named.path = input.name(of: file.path)
            return named
        }
        let vocabulary = corpus.vocabulary
        let counts = vocabulary.symbols.indices.map { (symbol: vocabulary.symbols[$0], count: corpus.counts[$0]) }
        let text = TextContents(
            files: files, pipeline: pipeline, counts: counts, findings: findings, output: output)
        let ranked = counts.sorted { ($1.count, $0.symbol) < ($0.count, $1.symbol) }
        let analysis = TextAnalysis(
            corpus.identifiers, vocabulary, options,
            separator: try pipeline.separator(options.documentSeparator, vocabulary: vocabulary))
        let presets =
            options.estimates
            ? try PresetEstimate.all(
                vocabularySize: min(vocabulary.count + 1, Vocabulary.maximumCount),
                trainingSymbols: analysis.split.training.symbols, symbols: corpus.identifiers.count,
                threads: options.threads) : nil
        return finished(
            InspectionReport(
                text: text,
                symbolTable: ranked.prefix(options.symbols).map {
                    SymbolReport($0.symbol, unit: vocabulary.unit, count: $0.count)
                }, frequencies: ranked.map(\.count), analysis: analysis, presets: presets, places: findings.places),
            source)
    }

    private func finished(_ report: InspectionReport, _ source: TextSource) -> InspectionReport {
        var report = report
        report.skipped = source.skipped
        report.remarks = source.remarks
        report.advice = InspectionAdvice(options: options).lines(report)
        return report
    }

    /// nil where there are more different symbols than ids.
    private func encode(_ source: TextSource, _ pipeline: TextPipeline) throws(TextError) -> EncodedCorpus? {
        do {
            return try CorpusEncoder(pipeline: pipeline, documentSeparator: options.documentSeparator).encode(
                source, options: VocabularyOptions(includeUnknown: .never))
        } catch .tooManySymbols {
            return nil
        }
    }
}
