import Foundation
import RunicTesting
import Testing

@Suite("runic study novelty")
struct StudyNoveltyCommandTests {
    private let tiny: TinyModel.Run

    init() throws { tiny = try TinyModel.run() }

    private func report(_ arguments: String...) throws -> (report: [String: Any], errors: String) {
        let outcome = try Tool.run(
            ["study", "novelty", tiny.model, "--json", "--samples", "3", "--length", "200", "--seed", "5"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return (try outcome.object(), outcome.errors)
    }

    @Test("tells what the samples, and what the held-out text, share with the training part of the model's own text")
    func own() throws {
        let (report, errors) = try report(tiny.text)
        #expect(errors == "")
        let all = TinyModel.sentences.unicodeScalars.count
        #expect(report["training_symbols"] as? Int == all * 9 / 10)
        let samples = try #require(report["samples"] as? [String: Any])
        let heldOut = try #require(report["held_out"] as? [String: Any])
        #expect(samples["symbols"] as? Int == 600 && heldOut["symbols"] as? Int == 600)

        // The longest passage does stand there, and with one symbol more it does not, or a sample ends.
        let passage = try #require(report["longest_passage"] as? String)
        #expect(passage.unicodeScalars.count == samples["longest"] as? Int)
        let training = String(TinyModel.sentences.prefix(all * 9 / 10))
        #expect(training.contains(passage))
        for part in [samples, heldOut] {
            let copied = try #require(part["copied"] as? [Double])
            #expect(copied.count == (report["passage_symbols"] as? [Int])?.count)
            #expect(copied == copied.sorted(by: >) && copied.allSatisfy { (0...1).contains($0) })
            // All lines of this text are alike.
            #expect(copied[0] > 0.5)
        }
    }

    @Test("warns of a text that the model was not trained on, and compares with all of it")
    func other() throws {
        let folder = try TemporaryFolder()
        let (report, errors) = try report(try folder.write("nothing of the kind; ", to: "other.txt"))
        #expect(errors.hasPrefix("runic: warning: these are not the texts that the model was trained on"))
        #expect(report["training_symbols"] as? Int == 21 && report["held_out"] == nil)
    }

    @Test("prints a table with a column for the held-out text, the same each time")
    func table() throws {
        let arguments = ["study", "novelty", tiny.model, tiny.text, "--samples", "2", "--length", "100"]
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(outcome.text.hasPrefix("2 samples against "))
        #expect(outcome.lines.contains { $0.hasPrefix("longest copied passage") })
        #expect(try Tool.run(arguments).output == outcome.output)
    }

    @Test("refuses numbers out of range", arguments: [["--samples", "0"], ["--length", "4000001"]])
    func ranges(option: [String]) throws {
        try Tool.expectFailure(
            ["study", "novelty", tiny.model, tiny.text] + option, status: 64, saying: "it must be 1 to 4000000")
        try Tool.expectFailure(
            ["study", "novelty", tiny.model, tiny.text, "--samples", "5000", "--length", "5000"], status: 64,
            saying: "more than 4000000 symbols")
    }
}
