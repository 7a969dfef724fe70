import RunicDisplay
import RunicREPL
import RunicSampling

/// A model that writes the letters in turn, whatever it read; after `z` ESC and a byte that is not UTF-8.
struct CountingModel: ConversationModel {
    var name = "counter"

    var summary: String { "counts" }
    var vocabularySize: Int { 2 }
    var bannedIdentifiers: [Int] { [] }
    func start() -> Int { 0 }

    func read(_ text: String, isContinuation: Bool, into context: inout Int) -> ReadReport {
        ReadReport(symbols: text.count, unknown: text.contains("?") ? 1 : 0, unknownExamples: ["?"])
    }

    func chunkEnd(of text: [UInt8], from start: Int, size: Int) -> Int { text.count }

    func stopText(_ texts: [String]) -> StopText {
        StopText(texts.map { StopText.Stop(Array($0.utf8)) }, problems: texts.filter { $0 == "?" }.map { "no \($0)" })
    }

    func next(_ context: inout Int, sampler: inout Sampler) -> [UInt8] {
        context += 1
        return [(Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + [0x1B, 0xFF])[(context - 1) % 28]]
    }
}
