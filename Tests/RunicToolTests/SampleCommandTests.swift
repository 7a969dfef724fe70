import Foundation
import Testing

@Suite("runic sample")
struct SampleCommandTests {
    private let model: String

    init() throws { model = try TinyModel.run().model }

    private func sample(_ arguments: String...) throws -> Tool.Outcome {
        let outcome = try Tool.run(["sample", model] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    @Test("The prompt comes first, then as many symbols as asked for, then a line end")
    func prompt() throws {
        let outcome = try sample("--prompt", "The otter", "--length", "30", "--seed", "1")
        #expect(outcome.text.hasPrefix("The otter"))
        #expect(outcome.text.unicodeScalars.count == 9 + 30 + 1)
        #expect(outcome.text.hasSuffix("\n") && outcome.errors == "")
    }

    @Test("Nothing asked for is a line end")
    func nothing() throws {
        #expect(try sample("--length", "0").text == "\n")
    }

    @Test("The same seed writes the same text, another seed another text, and no seed a new one each time")
    func seeds() throws {
        let first = try sample("--seed", "7", "--length", "80").output
        #expect(try sample("--seed", "7", "--length", "80").output == first)
        #expect(try sample("--seed", "8", "--length", "80").output != first)
        #expect(try sample("--length", "80").output != sample("--length", "80").output)
    }

    @Test("Temperature 0, and one candidate, always take the likeliest symbol")
    func greedy() throws {
        let text = try sample("--temperature", "0", "--length", "60").output
        #expect(try sample("--temperature", "0", "--length", "60", "--seed", "5").output == text)
        #expect(try sample("--top-k", "1", "--length", "60").output == text)
        #expect(try sample("--top-p", "0", "--length", "60").output == text)
        #expect(try sample("--min-p", "1", "--length", "60").output == text)
    }

    @Test("Several samples differ, are separated by ---, and the first equals a single sample")
    func count() throws {
        let one = try sample("--seed", "3", "--length", "25", "--prompt", "L").text
        let three = try sample("--seed", "3", "--length", "25", "--prompt", "L", "--count", "3").text
        #expect(three.hasPrefix(one + "---\n"))
        #expect(three.components(separatedBy: "\n---\n").count == 3)
        #expect(Set(three.components(separatedBy: "\n---\n")).count == 3)
    }

    @Test(
        "Many samples, drawn side by side, are those of one by one, in order",
        arguments: [["--length", "40"], ["--length", "120", "--stop", "e", "--stop", "ot"]])
    func manySamples(options: [String]) throws {
        // In int8 sums are whole numbers, so that even nearly equal chances fall the same way.
        let common = ["--precision", "int8", "--prompt", "L"] + options
        let many = try Tool.run(["sample", model, "--seed", "3", "--count", "70"] + common)
        #expect(many.status == 0 && many.errors == "")
        let samples = many.text.components(separatedBy: "\n---\n")
        #expect(samples.count == 70)
        for index in [0, 1, 2, 63, 64, 69] {
            let one = try Tool.run(["sample", model, "--seed", "\(3 + index)"] + common).text
            #expect(samples[index] == (index == 69 ? one : String(one.dropLast())), "sample \(index)")
        }
    }

    @Test("A sample ends before the first of its stop texts, which the prompt may hold")
    func stop() throws {
        let free = try sample("--seed", "4", "--length", "200", "--prompt", "Line e").text
        let written = free.dropFirst("Line e".count)
        let end = try #require(written.firstRange(of: "e")).lowerBound
        let stopped = try sample("--seed", "4", "--length", "200", "--prompt", "Line e", "--stop", "e", "--stop", "#")
        #expect(stopped.text == "Line e" + written[..<end] + "\n")
        let later = String(written.dropFirst(20).prefix(4))
        let before = try #require(written.firstRange(of: later)).lowerBound
        let longer = try sample("--seed", "4", "--length", "200", "--prompt", "Line e", "--stop", later)
        #expect(longer.text == "Line e" + written[..<before] + "\n")
    }

    @Test("A prompt of symbols that the model never saw just works, with a remark")
    func unseen() throws {
        let outcome = try sample("--prompt", "漢字 🦊\u{0}", "--length", "10", "--seed", "1")
        #expect(outcome.text.hasPrefix("漢字 🦊"))
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("of the prompt are not in the model's vocabulary"))
    }
}
