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
    /// - Throws: ``RunicError/text(_:)``, but not for invalid bytes, or what presets cannot be measured for.
    package func examine(paths: [String]) throws(RunicError) -> InspectionReport {
        do {
            let input = try InspectionInput(paths: paths)
            // The source names a copy of standard input that is gone with `input`.
            defer { withExtendedLifetime(input) {} }
            do {
                return try examine(input)
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

    private func examine(_ input: InspectionInput) throws -> InspectionReport {
        let pipeline = try TextPipeline(options.pipeline.repairing, registry: registry)
        let (corpus, findings) = try Parallel.pair { () throws(TextError) in
            try encode(input.source, pipeline)
        } _: { () throws(TextError) in
            try TextExamination.examine(
                input.source, description: options.pipeline, registry: registry, name: { input.name(of: $0.path) })
        }
        guard let corpus else {
            let text = try TextContents(
                input.source, description: options.pipeline, registry: registry, name: input.name(of:))
            return finished(
                InspectionReport(
                    text: text, symbolTable: text.mostFrequent, frequencies: text.mostFrequent.map(\.count),
                    analysis: nil, presets: nil, places: findings.places))
        }
        let files = corpus.files.map { file in
            var named = file
            named.path = input.name(of: file.path)
            return named
        }
        let vocabulary = corpus.vocabulary
        let counts = vocabulary.symbols.indices.map { (symbol: vocabulary.symbols[$0], count: corpus.counts[$0]) }
        let text = TextContents(files: files, pipeline: pipeline, counts: counts, findings: findings)
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
                }, frequencies: ranked.map(\.count), analysis: analysis, presets: presets, places: findings.places))
    }

    private func finished(_ report: InspectionReport) -> InspectionReport {
        var report = report
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
