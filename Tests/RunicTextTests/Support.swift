import CRunicICUReference
import Foundation
import RunicTesting
import Testing

@testable import RunicText

/// The lines of a file of Unicode's database, from the package unicode-data.
func unicodeDataLines(_ name: String) throws -> [Substring] {
    let path = "/usr/share/unicode/" + name
    var data = FileManager.default.contents(atPath: path)
    if data == nil, FileManager.default.fileExists(atPath: path + ".bz2") {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bzip2", "-dc", path + ".bz2"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
    }
    let found = try #require(data, "\(path) is missing; install the packages unicode-data and bzip2")
    try #require(found.count > 0, "\(path) is empty; install the packages unicode-data and bzip2")
    return String(decoding: found, as: UTF8.self).split(separator: "\n")
}

/// The UTF-8 of code points written as hexadecimal numbers.
func utf8(_ hexadecimal: some StringProtocol) -> [UInt8] {
    var scalars = String.UnicodeScalarView()
    for word in hexadecimal.split(separator: " ") {
        if let value = UInt32(word, radix: 16), let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return Array(String(scalars).utf8)
}

/// Sends the chunks through a stage and ends the text.
func run(_ stage: inout some TextStage, _ chunks: [[UInt8]]) throws(TextError) -> [UInt8] {
    var output = StageOutput()
    for chunk in chunks { try stage.process(chunk.span, into: &output) }
    try stage.finish(into: &output)
    return output.bytes
}

/// Cuts the chunks into symbols and ends the text.
func cut(_ segmenter: Segmenter, _ chunks: [[UInt8]]) -> [[UInt8]] {
    var collector = SymbolCollector()
    for chunk in chunks { segmenter.feed(chunk.span, isFinal: false, into: &collector) }
    segmenter.feed(Span(), isFinal: true, into: &collector)
    return collector.symbols.map(\.bytes)
}

/// The text in chunks of `size` bytes.
func chunks(_ bytes: [UInt8], of size: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
}

/// What ICU makes of the whole text: the normal form.
func wholeNormal(_ form: NormalizationForm, _ bytes: [UInt8]) -> [UInt8] {
    guard form != .none else { return bytes }
    let codes: [NormalizationForm] = [.nfc, .nfd, .nfkc, .nfkd, .nfkcCasefold]
    var out = [UInt8](repeating: 0, count: 65536)
    let code = Int32(codes.firstIndex(of: form) ?? 0)
    let count = unsafe reference_normalize(code, bytes, bytes.count, &out)
    return Array(out.prefix(Int(count)))
}

let normalForms: [NormalizationForm] = [.nfc, .nfd, .nfkc, .nfkd, .nfkcCasefold]

/// Texts that are hard to cut.
let trickyTexts: [String] = [
    "", "a", "\r\n\r\r\n\n", "line\r\nline\r", "\u{0}a\u{0}", "e\u{301}\u{323} a\u{323}\u{301}",
    "\u{1100}\u{1161}\u{11A8}\u{AC00}\u{11A8}\u{AC01}", "\u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}\u{1F1EC}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}x\u{2764}\u{FE0F}\u{200D}\u{1F525}", "\u{10FFFF}\u{FFFF}",
    "\u{915}\u{94D}\u{937}\u{93F} \u{928}\u{93C}", "\u{FB01}\u{1E9E}\u{AD}\u{345}\u{3B1}\u{345}\u{301}",
    "ABC\u{C4}\u{41}\u{308}\u{212B} plain ascii that is longer than sixteen bytes\r\nand goes on\u{301}",
    String(repeating: "\u{301}\u{323}", count: 100), "x" + String(repeating: "\u{345}\u{301}\u{327}", count: 60),
]

/// A small generator, so that random texts are the same on every run.
struct Generator {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}
