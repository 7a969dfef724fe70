package import RunicText

/// Examines the bytes of files before a pipeline changes them.
package enum TextExamination {
    /// Examines all bytes of `source`, after the `decode` stages that `description` begins with where these read another
    /// encoding than UTF-8: offsets are then those of the text in UTF-8.
    ///
    /// - Parameter name: the name of a file in reports.
    /// - Throws: `TextError`, but not for invalid bytes.
    /// - Complexity: linear; memory holds one chunk.
    package static func examine(
        _ source: TextSource, description: PipelineDescription = PipelineDescription(),
        registry: StageRegistry = .builtIn, chunkSize: Int = 1 << 18, name: (TextFile) -> String = { $0.path }
    ) throws(TextError) -> TextFindings {
        let decoder = try decoder(description.repairing, registry)
        var examiner = TextExaminer()
        for file in source.files {
            let path = name(file)
            let reader = try FileReader(file)
            var stages = try decoder?.makeRun(StageContext(path: path))
            var buffer = [UInt8](repeating: 0, count: max(1, chunkSize))
            while true {
                let count = try reader.read(into: &buffer)
                if count == 0 { break }
                let chunk = buffer.span.extracting(0..<count)
                guard stages != nil else {
                    try examiner.examine(chunk, path: path)
                    continue
                }
                try stages?.process(chunk)
                if let output = stages?.output { try examiner.examine(output.span, path: path) }
            }
            try stages?.finish()
            if let output = stages?.output { try examiner.examine(output.span, path: path) }
            try examiner.finish(path: path)
        }
        return try examiner.findings()
    }

    /// The stages that make UTF-8 of another encoding; nil where the files are UTF-8.
    private static func decoder(
        _ description: PipelineDescription, _ registry: StageRegistry
    ) throws(TextError) -> TextPipeline? {
        let first = description.stages.prefix { $0.name == "decode" }
        let isUTF8 = first.allSatisfy { ["utf-8", "utf8"].contains($0.options["encoding"] ?? "utf-8") }
        guard !isUTF8, let last = description.stages.last else { return nil }
        return try TextPipeline(PipelineDescription(stages: first + [last]), registry: registry)
    }
}
