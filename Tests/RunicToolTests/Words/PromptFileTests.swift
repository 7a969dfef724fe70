import Foundation
import RunicTesting
import Testing

@Suite("A prompt from a file")
struct PromptFileTests {
    private let model: String
    private let folder: TemporaryFolder

    init() throws {
        model = try TinyModel.run().model
        folder = try TemporaryFolder()
    }

    private func sample(_ options: String..., input: [UInt8] = []) throws -> Tool.Outcome {
        try Tool.run(["sample", model, "--length", "30", "--seed", "1"] + options, input: input)
    }

    @Test("gives what --prompt gives, from a file and from standard input, with or without a byte order mark")
    func same() throws {
        let typed = try sample("--prompt", "The otter has\nLine 7")
        for bytes in [Array("The otter has\nLine 7".utf8), [0xEF, 0xBB, 0xBF] + Array("The otter has\nLine 7".utf8)] {
            let path = try folder.write(bytes, to: "prompt.txt")
            let read = try sample("--prompt-file", path)
            #expect(read.status == 0 && read.output == typed.output && read.errors == "")
            #expect(try sample("--prompt-file", "-", input: bytes).output == typed.output)
        }
        #expect(try sample("--prompt-file", "-").output == sample().output)
    }

    @Test("has no escapes")
    func raw() throws {
        let path = try folder.write(#"The \n \q"#, to: "prompt.txt")
        let read = try sample("--prompt-file", path)
        #expect(read.text.hasPrefix(#"The \n \q"#))
        #expect(read.errors.contains("of the prompt are not in the model's vocabulary"))
    }

    @Test("is printed before each sample, unless it is long")
    func printed() throws {
        let path = try folder.write("The otter", to: "prompt.txt")
        let samples = try sample("--prompt-file", path, "--count", "2").text.components(separatedBy: "\n---\n")
        #expect(samples.count == 2 && samples.allSatisfy { $0.hasPrefix("The otter") })
        let long = try folder.write([UInt8](repeating: UInt8(ascii: "e"), count: (1 << 20) + 1), to: "long.txt")
        let read = try Tool.run(["sample", model, "--length", "3", "--seed", "1", "--prompt-file", long])
        #expect(read.status == 0 && read.text.unicodeScalars.count == 4)
    }

    @Test("that cannot be read is named")
    func failures() throws {
        let path = try folder.write([0x61, 0x62, 0xFF, 0x63], to: "prompt.txt")
        let cut = try folder.write([0x61, 0xC3], to: "cut.txt")
        for (options, status, words) in [
            (["--prompt-file", path], Int32(1), "\(path): byte 2 is not UTF-8 (0xFF"),
            (["--prompt-file", cut], 1, "\(cut): byte 1 is not UTF-8 (0xC3"),
            (["--prompt-file", folder.file("none.txt")], 1, "none.txt: cannot be read"),
            (["--prompt-file", folder.path], 1, "cannot be read"),
            (["--prompt-file", path, "--prompt", "x"], 64, "two prompts"), (["--prompt-file", ""], 64, "is empty"),
        ] {
            try Tool.expectFailure(["sample", model] + options, status: status, saying: words)
        }
    }

    @Test("of any length stops at Ctrl-C")
    func interrupt() throws {
        let long = try folder.write([UInt8](repeating: UInt8(ascii: "e"), count: 100 << 20), to: "long.txt")
        let running = try RunningTool(Tool.path, ["sample", model, "--prompt-file", long])
        usleep(500_000)
        running.send(SIGINT)
        let outcome = try running.finish()
        #expect(outcome.status == 130 || outcome.status == -SIGINT)
        #expect(outcome.output.isEmpty)
    }

    @Test("that is a device without an end is refused", arguments: ["/dev/zero", "-"])
    func endless(path: String) throws {
        let command = "\"$0\" sample \"$1\" --prompt-file \(path) </dev/zero"
        let outcome = try Tool.run("/bin/bash", ["-c", "timeout 20 " + command, Tool.path, model])
        #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains("it is a device, which may never end"), "\(outcome.errors)")
    }

    @Test("that is left with Ctrl-C ends the program without a word")
    func interrupted() throws {
        let command =
            "sleep 5 | timeout --preserve-status -s INT 1 \"$0\" sample \"$1\" --prompt-file -; exit ${PIPESTATUS[1]}"
        let outcome = try Tool.run("/bin/bash", ["-c", command, Tool.path, model])
        #expect(outcome.status == 130 && outcome.errors == "", "\(outcome.errors)")
    }
}
