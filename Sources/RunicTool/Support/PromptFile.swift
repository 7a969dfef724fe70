internal import ArgumentParser
internal import Runic
internal import RunicFiles
internal import RunicTerminal
internal import RunicText

/// A prompt from a file, read as it is: no character of it is an escape.
struct PromptFile {
    /// Longer prompts are not printed again before each sample, so that they need not be kept.
    static let echoLimit = 1 << 20
    /// Bytes that are read between two looks at Ctrl-C.
    private static let pieceSize = 4096
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The context after the prompt.
    let context: TextModel.Context
    let report: ReadReport
    /// The prompt without a byte order mark; nil if it is too long to be printed again.
    let echo: [UInt8]?

    /// Reads a file, or standard input for `-`.
    ///
    /// - Throws: ``Failure`` if it cannot be read, or is not UTF-8 and the model needs text; `ExitCode` 130 after Ctrl-C.
    init(_ path: String, for model: TextModel) throws {
        let isInput = path == TextFile.standardInputPath
        let name = isInput ? "standard input" : path
        let file = isInput ? nil : try reporting { () throws(FileError) in try OpenFile(path, for: .streaming) }
        guard !(file?.descriptor ?? .standardInput).isEndless else {
            throw Failure("\(name): cannot be read: \(FileReader.endless)")
        }
        var reader = try reporting { () throws(RunicError) in try TextReader(model, from: model.start()) }
        var echo: [UInt8]? = []
        while true {
            let bytes = try Self.next(file?.descriptor ?? .standardInput, name)
            guard !bytes.isEmpty else { break }
            if let kept = echo { echo = kept.count + bytes.count <= Self.echoLimit ? kept + bytes : nil }
            try Self.naming(name) { () throws(RunicError) in try reader.read(bytes) }
        }
        context = try Self.naming(name) { () throws(RunicError) in try reader.finish() }
        report = reader.report
        self.echo = echo.map {
            !model.pipeline.readsBytes && $0.starts(with: Self.byteOrderMark) ? Array($0.dropFirst(3)) : $0
        }
    }

    private static func next(_ input: Descriptor, _ name: String) throws -> [UInt8] {
        while true {
            if InterruptFlag.signals.isRequested { throw ExitCode(130) }
            do throws(SystemError) {
                return try input.read(limit: pieceSize)
            } catch {
                if !error.isInterruption { throw Failure("\(name): cannot be read: \(error.reason)") }
            }
        }
    }

    /// Names the file or option in an error of the model, which sees a text without a name.
    static func naming<Result>(_ name: String, _ body: () throws(RunicError) -> Result) throws -> Result {
        do throws(RunicError) {
            return try body()
        } catch {
            switch error {
            case .text(.invalidByte(_, let offset, let bytes, _, _)),
                .text(.badBytes(_, _, let offset, let bytes, _, _)):
                let shown = bytes.map { "0x" + hexadecimal([$0]).uppercased() }.joined(separator: " ")
                throw Failure(
                    "\(name): byte \(offset) is not UTF-8 (\(shown)); a prompt of this model is UTF-8: convert it")
            case .text(.stageFailed(let stage, _, let reason)):
                throw Failure("\(name): stage '\(stage)' failed: \(reason)")
            default: throw Failure("\(name): \(error)")
            }
        }
    }
}
