import Testing

@testable import RunicText

/// What a built-in stage gives for a text in chunks.
func stagedInChunks(
    _ name: String, _ options: [String: String], _ text: [UInt8], chunk: Int? = nil, path: String = "x.txt"
) throws -> [UInt8] {
    let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: name))
    var stage = try definition.make(options, StageContext(path: path))
    var output = StageOutput(recordsEdits: chunk == 1)
    for input in chunks(text, of: chunk ?? max(1, text.count)) { try stage.process(input.span, into: &output) }
    try stage.finish(into: &output)
    #expect(output.accounted == text.count)
    return output.bytes
}

/// The ranges of a text, each with the output of a stage for it; kept ones are single code points.
func tracedParts(_ name: String, _ options: [String: String], _ text: [UInt8]) throws -> [(String, String)] {
    let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: name))
    var stage = try definition.make(options, StageContext())
    var output = StageOutput(recordsEdits: true)
    try stage.process(text.span, into: &output)
    try stage.finish(into: &output)
    var (input, made) = (0, 0)
    return output.edits.edits.map { edit in
        defer { (input, made) = (input + edit.input, made + edit.output) }
        return (
            String(decoding: text[input..<input + edit.input], as: UTF8.self),
            String(decoding: output.bytes[made..<made + edit.output], as: UTF8.self)
        )
    }
}

/// Random texts over many scripts, with what is hard for stages that look around.
struct RandomTexts {
    var generator: Generator
    private static let pool: [Range<Int>] = [
        0x20..<0x7F, 0x41..<0x5B, 0x61..<0x7B, 0x20..<0x21, 0x0A..<0x0B, 0x0D..<0x0E, 0xC0..<0x180, 0x300..<0x330,
        0x370..<0x400, 0x3A3..<0x3A4, 0x3C2..<0x3C4, 0x400..<0x500, 0x531..<0x588, 0x5D0..<0x5EB, 0x620..<0x650,
        0x900..<0x980, 0xE00..<0xE30, 0x10A0..<0x1100, 0x1100..<0x1180, 0x1E00..<0x1F00, 0x1F00..<0x2000,
        0x2018..<0x201A, 0x3040..<0x3100, 0x4E00..<0x4F00, 0xAC00..<0xAD00, 0xFB00..<0xFB07, 0x10400..<0x10450,
        0x1F1E6..<0x1F200, 0x1F466..<0x1F46A, 0x200D..<0x200E, 0xAD..<0xAE, 0x130..<0x132, 0x345..<0x346,
    ]

    mutating func next(upTo length: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<(1 + generator.next(below: length)) {
            let range = Self.pool[generator.next(below: Self.pool.count)]
            let value = range.lowerBound + generator.next(below: range.count)
            if let scalar = Unicode.Scalar(UInt32(value)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
