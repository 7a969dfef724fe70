package import Runic
package import RunicSampling
internal import RunicSymbols
package import RunicText

/// `runic study novelty`: draws samples and looks for them in the training text.
package struct NoveltyStudy: Sendable {
    /// What is drawn, and how the text is read.
    package struct Settings: Sendable {
        package var samples = 10
        /// Symbols of a sample.
        package var length = 1_000
        /// How symbols are drawn; sample i uses the seed plus i.
        package var sampler = SamplerSettings(seed: 1)
        /// Replaces invalid bytes instead of stopping at them.
        package var repair = false
        /// How the files are to be taken apart; nil: as they need it.
        package var container: [StageDescription]?

        package init() {}
    }

    /// Most symbols of all samples together.
    package static let mostSymbols = 4_000_000
    /// Most samples that are drawn at once.
    private static let mostStreams = 64

    package let report: NoveltyReport
    /// The files that were read, with the remarks on how.
    package let files: [FileStatistics]
    /// What limits the result, in one line; nil where nothing does.
    package let remark: String?

    /// Reads the text, draws and compares.
    ///
    /// - Parameters:
    ///   - progress: receives the symbols drawn so far of each sample, and whether to stop is asked as often.
    /// - Returns: nil if it was stopped.
    /// - Throws: ``StudyError``.
    /// - Complexity: one step of the model for each drawn symbol, and O(symbols of the text).
    package init?(
        _ model: TextModel, _ source: TextSource, _ settings: Settings = Settings(),
        progress: (Int, Int) -> Void = { _, _ in }, shouldStop: () -> Bool = { false }
    ) throws(StudyError) {
        precondition(
            settings.samples > 0 && settings.length > 0 && settings.samples * settings.length <= Self.mostSymbols,
            "\(settings.samples) samples of \(settings.length) symbols")
        let corpus: EncodedCorpus
        do throws(TextError) {
            let note = model.trainingNote?.options
            corpus = try CorpusEncoder(
                pipeline: model.readingPipeline(container: settings.container, repair: settings.repair),
                threads: model.threads, files: note?.files ?? .join,
                documentSeparator: note?.training.documentSeparator
            ).encode(source, with: model.vocabulary)
        } catch {
            throw .text(error)
        }
        files = corpus.files
        let origin = TextOrigin(corpus.files, of: model.trainingNote)
        remark = origin.remark
        var split = TextSplit(corpus.identifiers, fractions: [1, 0, 0])
        if origin != .other, let training = model.trainingNote?.options.training {
            split = TextSplit(
                corpus.identifiers, fractions: training.split, streams: training.splitStreams ?? 1)
        }
        guard let samples = try Self.draw(model, settings, progress, shouldStop) else { return nil }
        let heldOut = Array((Array(split.validation) + Array(split.test)).prefix(settings.samples * settings.length))

        let gap = model.vocabulary.unknown.map(UInt16.init)
        func compared(_ pieces: [[UInt16]]) -> CopiedPassages {
            var finder = PassageFinder(pieces)
            finder.read(split.training, gap: gap)
            return CopiedPassages(finder)
        }
        let copied = compared(samples)
        report = NoveltyReport(
            model: model.name, sampleCount: samples.count, trainingSymbols: split.training.count,
            samples: .init(copied, symbols: samples.reduce(0) { $0 + $1.count }),
            heldOut: heldOut.isEmpty ? nil : .init(compared([heldOut]), symbols: heldOut.count),
            longestPassage: copied.longest.map { passage in
                let ids = samples[passage.piece][passage.symbols]
                return String(decoding: ids.flatMap { model.vocabulary.bytes(of: Int($0)) }, as: UTF8.self)
            })
    }

    /// Draws all samples, as the ids that their texts have.
    private static func draw(
        _ model: TextModel, _ settings: Settings, _ progress: (Int, Int) -> Void, _ shouldStop: () -> Bool
    ) throws(StudyError) -> [[UInt16]]? {
        var samples: [[UInt16]] = []
        do {
            // What is drawn in bytes may end within a character.
            let pipeline = try model.readingPipeline(container: [], repair: true)
            while samples.count < settings.samples {
                let first = samples.count
                let count = min(mostStreams, settings.samples - first)
                let streams = try TextStreams(
                    model, from: model.start(),
                    samplers: try (0..<count).map { index throws(SamplingError) in
                        var own = settings.sampler
                        own.seed = (own.seed ?? 1) &+ UInt64(first + index)
                        return try model.makeSampler(own)
                    })
                var texts = [[UInt8]](repeating: [], count: count)
                for drawn in 0..<settings.length {
                    if shouldStop() { return nil }
                    streams.next()
                    for index in 0..<count { texts[index] += streams.bytes(ofStream: index) }
                    progress(first + count, drawn + 1)
                }
                for index in 0..<count where !streams.isFinite(stream: index) {
                    throw StudyError.notFinite(model: model.manifest.path, symbol: settings.length)
                }
                samples += try texts.map { try pipeline.encode($0, vocabulary: model.vocabulary).identifiers }
            }
        } catch let error as StudyError {
            throw error
        } catch {
            throw .other("\(error)")
        }
        return samples
    }
}

/// Whether a text is the one that a model was trained on.
enum TextOrigin: Hashable {
    case training
    /// The model does not name its texts.
    case unknown
    case other

    init(_ files: [FileStatistics], of note: TrainingNote?) {
        guard let note else {
            self = .other
            return
        }
        guard !note.texts.isEmpty else {
            self = .unknown
            return
        }
        let hashes = files.map(\.sha256)
        let isSame =
            note.fileCount == nil
            ? hashes == note.texts.map(\.sha256) : [TrainingNote.foldedHash(of: hashes)] == note.texts.map(\.sha256)
        self = isSame ? .training : .other
    }

    /// What follows for the result; nil where nothing does.
    var remark: String? {
        switch self {
        case .training: nil
        case .unknown:
            "the model does not name its texts: the figures hold if these are the ones it was trained on, in the same order"
        case .other:
            "these are not the texts that the model was trained on, or not in that order: samples are compared with all of "
                + "them, and there is no held-out text"
        }
    }
}
