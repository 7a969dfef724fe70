import RunicTesting
import Foundation
import Testing

/// What a run leaves in its folder, without the times, which no two runs share.
struct RunFiles {
    /// The lines of the log.
    let log: [String]
    /// The tensors of `best.runic` and `last.runic` as bytes.
    let best, last: [UInt8]
    /// Their headers: names, shapes and metadata.
    let bestHeader, lastHeader: String

    init(_ folder: String) throws {
        log = try Self.log(folder)
        (best, last) = try (TensorBytes.of(folder + "/best.runic"), TensorBytes.of(folder + "/last.runic"))
        (bestHeader, lastHeader) = try (Self.header(folder + "/best.runic"), Self.header(folder + "/last.runic"))
    }

    /// Expects a run to have left the same as another one.
    static func expectSame(_ folder: String, _ other: RunFiles, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let own = try RunFiles(folder)
        #expect(own.log == other.log, sourceLocation: sourceLocation)
        for (name, isSame) in [
            ("best", own.best == other.best), ("last", own.last == other.last),
            ("best's header", own.bestHeader == other.bestHeader),
            ("last's header", own.lastHeader == other.lastHeader),
        ] {
            #expect(isSame, "\(name) of \(folder)", sourceLocation: sourceLocation)
        }
    }

    /// The lines of a log; the last one may be cut short.
    static func log(_ folder: String) throws -> [String] {
        timeless(String(decoding: try TemporaryFolder.bytes(of: folder + "/log.jsonl"), as: UTF8.self))
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func header(_ model: String) throws -> String {
        let unpacked = try Tool.run(Tool.program("lz4"), ["-dc", model]).output
        let end = unpacked.count - (try TensorBytes.of(model).count)
        return timeless(String(decoding: unpacked[8..<end], as: UTF8.self))
    }

    /// A text of JSON with 0 in place of every time and speed, quoted within a string or not.
    private static func timeless(_ text: String) -> String {
        // Trailing blanks pad the header, whose length changes with the digits of a time.
        text.replacing(/(seconds|symbols_per_second)(\\?"):[0-9.e+-]+/) { "\($0.1)\($0.2):0" }
            .replacing(#/ +$/#, with: "")
    }
}
