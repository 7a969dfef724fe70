import RunicTesting
import Foundation
import Testing

@testable import RunicText

/// What a built-in stage makes of a text; records an issue where that depends on the cuts or is not accounted for.
///
/// - Parameter isCutEverywhere: whether the text is cut in two at every byte, in addition to being cut into chunks of 1, 2, 3 and 7.
func staged(
    _ name: String, _ options: [String: String] = [:], _ text: [UInt8], isCutEverywhere: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> [UInt8] {
    let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: name))
    let context = StageContext(path: "x.txt")
    var stage = try definition.make(options, context)
    let whole = try accounted(&stage, [text], sourceLocation)
    #expect(try accounted(&stage, [text], sourceLocation) == whole, "a second text", sourceLocation: sourceLocation)
    var cuts = [1, 2, 3, 7].map { chunks(text, of: $0) }
    if isCutEverywhere { cuts += text.indices.map { [Array(text[..<$0]), Array(text[$0...])] } }
    for cut in cuts {
        let found = try accounted(&stage, cut.filter { !$0.isEmpty }, sourceLocation)
        if found != whole {
            Issue.record(
                "\(options): \(String(decoding: text, as: UTF8.self).debugDescription) cut as \(cut.map(\.count)) gives \(String(decoding: found, as: UTF8.self).debugDescription), not \(String(decoding: whole, as: UTF8.self).debugDescription)",
                sourceLocation: sourceLocation)
            return whole
        }
    }
    return whole
}

/// The same for texts as strings.
func staged(
    _ name: String, _ options: [String: String] = [:], _ text: String, isCutEverywhere: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> String {
    String(
        decoding: try staged(
            name, options, bytes(text), isCutEverywhere: isCutEverywhere, sourceLocation: sourceLocation), as: UTF8.self
    )
}

/// Runs a stage over the chunks; what it says it kept must be kept, and every byte must be accounted for.
private func accounted(
    _ stage: inout some TextStage, _ chunks: [[UInt8]], _ sourceLocation: SourceLocation
) throws -> [UInt8] {
    var output = StageOutput(recordsEdits: true)
    for chunk in chunks { try stage.process(chunk.span, into: &output) }
    try stage.finish(into: &output)
    let text = Array(chunks.joined())
    #expect(output.accounted == text.count, sourceLocation: sourceLocation)
    var (source, target) = (0, 0)
    for edit in output.edits.edits {
        if edit.isKept && output.accounted == text.count {
            let isKept = text[source..<source + edit.input] == output.bytes[target..<target + edit.output]
            #expect(isKept, sourceLocation: sourceLocation)
        }
        source += edit.input
        target += edit.output
    }
    return output.bytes
}

/// The symbols of a text after one built-in stage, each with its bytes of the input.
func traced(_ name: String, _ options: [String: String] = [:], _ text: String) throws -> [String] {
    let description = PipelineDescription(stages: [
        StageDescription(name: name, options: options), StageDescription(name: "segment"),
    ])
    let text = bytes(text)
    let folder = try TemporaryFolder()
    let file = TextFile(path: try folder.write(text, to: "text"))
    return try TextPipeline(description).trace(file, symbols: 0..<Int.max).map { traced in
        String(decoding: traced.symbol.bytes, as: UTF8.self) + "<" + String(decoding: text[traced.range], as: UTF8.self)
    }
}

/// A random text of some of the parts.
func randomText(_ generator: inout Generator, _ parts: [String], count: Int) -> String {
    (0..<generator.next(below: count + 1)).map { _ in parts[generator.next(below: parts.count)] }.joined()
}

/// What a Python program prints; its input is `input`.
func python(_ program: String, _ input: [UInt8]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = try folder.write(input, to: "input")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-X", "utf8", "-c", program, path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "python3 failed; it is needed for these tests")
    return Array(data)
}
