package import RunicText

/// Examines the bytes of files, before a pipeline changes them and after.
package enum TextExamination {
    /// Examines all bytes of `source`, after the `decode` stages that `description` begins with where these read another
    /// encoding than UTF-8: offsets are those in the file.
    ///
    /// - Parameter name: the name of a file in reports.
    /// - Throws: `TextError`, but not for invalid bytes.
    /// - Complexity: linear; memory holds one chunk.
    package static func examine(
        _ source: TextSource, description: PipelineDescription = PipelineDescription(),
        registry: StageRegistry = .builtIn, chunkSize: Int = 1 << 18, name: (TextFile) -> String = { $0.path }
    ) throws(TextError) -> TextFindings {
        let decoding = try Decoding(description, registry)
        var examiner = TextExaminer()
        for file in source.files {
            let path = name(file)
            let reader = try FileReader(file)
            var run = try decoding.map { (decoding) throws(TextError) in try DecodingRun(decoding, path: path) }
            var buffer = [UInt8](repeating: 0, count: max(1, chunkSize))
            examiner.offsets = run?.offsets
            while true {
                let count = try reader.read(into: &buffer)
                if count == 0 { break }
                let chunk = buffer.span.extracting(0..<count)
                guard run != nil else {
                    try examiner.examine(chunk, path: path)
                    continue
                }
                try run?.take(chunk, into: &examiner)
            }
            try run?.finish(into: &examiner)
            try examiner.finish(path: path, fileSize: run?.fileSize)
        }
        return try examiner.findings()
    }

    /// Examines what all stages make of the files; nil where that is the text of the files, but for its normal form.
    ///
    /// Offsets are those of the text, and mean nothing in the files.
    ///
    /// - Throws: `TextError`, but not for invalid bytes.
    /// - Complexity: linear; memory holds one chunk.
    package static func examineOutput(
        _ source: TextSource, description: PipelineDescription, registry: StageRegistry = .builtIn,
        chunkSize: Int = 1 << 18
    ) throws(TextError) -> TextFindings? {
        let changes = description.stages.contains { stage in
            switch stage.name {
            case "decode", "normalize", SegmentOptions.stageName: false
            case "newlines": stage.options["to"] ?? NewlineRule.keep.rawValue != NewlineRule.keep.rawValue
            default: true
            }
        }
        guard changes else { return nil }
        let pipeline = try TextPipeline(description.repairing, registry: registry)
        var examiner = TextExaminer()
        var buffer = [UInt8](repeating: 0, count: max(1, chunkSize))
        for file in source.files {
            let reader = try FileReader(file)
            var run = try pipeline.makeRun(StageContext(path: file.path))
            var isFinal = false
            while !isFinal {
                let count = try reader.read(into: &buffer)
                isFinal = count == 0
                if isFinal { try run.finish() } else { try run.process(buffer.span.extracting(0..<count)) }
                try examiner.examine(run.output.span, path: file.path)
            }
            try examiner.finish(path: file.path)
        }
        return try examiner.findings()
    }
}

/// The stages that make UTF-8 of another encoding, leaving invalid bytes out.
private struct Decoding {
    let pipeline: TextPipeline
    /// The encoding, for messages.
    let encoding: String

    /// - Returns: nil where the files are UTF-8, or read as they are.
    init?(_ description: PipelineDescription, _ registry: StageRegistry) throws(TextError) {
        let first = description.stages.prefix { $0.name == "decode" }
        let names = first.map { $0.options["encoding"] ?? "utf-8" }
        guard let last = description.stages.last,
            let name = names.first(where: { !["utf-8", "utf8", "bytes"].contains($0) })
        else { return nil }
        let skipping = first.map { stage in
            var stage = stage
            stage.options["errors"] = "skip"
            return stage
        }
        pipeline = try TextPipeline(PipelineDescription(stages: skipping + [last]), registry: registry)
        encoding = name == "auto" ? "the guessed encoding" : name.uppercased()
    }
}

/// Decodes one file, and notes the bytes that its encoding does not have.
private struct DecodingRun {
    private let path: String
    private let encoding: String
    private var run: PipelineRun
    /// Bytes that the first stage has taken and not accounted for, and the last chunk after them.
    private var held: [UInt8] = []
    /// Where `held` begins in the file.
    private var heldStart = 0
    private(set) var fileSize = 0
    let offsets: FileOffsets

    init(_ decoding: Decoding, path: String) throws(TextError) {
        self.path = path
        encoding = decoding.encoding
        run = try decoding.pipeline.makeRun(StageContext(path: path), recordsEdits: true)
        offsets = FileOffsets(stages: run.edits.count)
    }

    mutating func take(_ chunk: Span<UInt8>, into examiner: inout TextExaminer) throws(TextError) {
        held.append(chunk)
        fileSize += chunk.count
        try run.process(chunk)
        try follow(&examiner)
    }

    mutating func finish(into examiner: inout TextExaminer) throws(TextError) {
        try run.finish()
        try follow(&examiner)
    }

    private mutating func follow(_ examiner: inout TextExaminer) throws(TextError) {
        offsets.follow(run.edits)
        var taken = 0
        for edit in run.edits.first?.edits ?? [] {
            if edit.output == 0 && edit.input > 0 {
                let bytes = Array(held[taken..<min(taken + edit.input, held.count)])
                if heldStart + taken == 0 && Self.isByteOrderMark(bytes) {
                    examiner.noteByteOrderMark()
                } else {
                    examiner.noteInvalid(bytes, at: heldStart + taken, encoding: encoding, path: path)
                }
            }
            taken += edit.input
        }
        held.removeFirst(min(taken, held.count))
        heldStart += taken
        try examiner.examine(run.output.span, path: path)
    }

    /// Those of UTF-8, UTF-16, UTF-32 and GB18030.
    private static let marks: [[UInt8]] = [
        [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF],
        [0x84, 0x31, 0x95, 0x33],
    ]

    private static func isByteOrderMark(_ bytes: [UInt8]) -> Bool {
        marks.contains(bytes)
    }
}
