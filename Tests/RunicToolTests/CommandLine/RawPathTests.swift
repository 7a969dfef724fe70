import RunicTesting
import Testing

@Suite("Paths that are not UTF-8")
struct RawPathTests {
    private let folder: TemporaryFolder
    private let tiny: TinyModel.Run

    init() throws {
        folder = try TemporaryFolder()
        tiny = try TinyModel.run()
    }

    /// Runs commands of a shell, in which `$'\xE9'` is a byte; `runic` and `model` are set.
    private func shell(_ commands: String) throws -> Tool.Outcome {
        try Tool.run(
            "/bin/bash",
            [
                "-c",
                "cd '\(folder.path)'; runic='\(Tool.path)'; model='\(tiny.model)'; text='\(tiny.text)'; " + commands,
            ])
    }

    @Test("Texts, folders, models, pages and runs of such names are read and written")
    func everywhere() throws {
        let outcome = try shell(
            #"""
            set -e
            mkdir -p $'d\xFF'; cp "$text" $'d\xFF/caf\xE9.txt'; cp "$model" $'m\xE9.runic'
            "$runic" text $'d\xFF' --no-estimate -o $'page\xE9.html' > report
            "$runic" evaluate $'m\xE9.runic' $'d\xFF/caf\xE9.txt' > loss
            "$runic" sample $'m\xE9.runic' --length 5 --seed 1 > sample
            "$runic" verify $'m\xE9.runic' > verified
            "$runic" quantize $'m\xE9.runic' --to int8 -o $'q\xE9.runic' > quantized
            "$runic" unpack $'m\xE9.runic' -o $'u\xE9' > unpacked
            "$runic" train $'d\xFF' --out $'run\xE9' --epochs 1 \#(TinyModel.options.joined(separator: " ")) > run
            "$runic" train --resume $'run\xE9' > again
            ls -b | sort
            """#)
        #expect(outcome.status == 0, "\(outcome.errors)")
        for name in [#"page\351.html"#, #"q\351.runic"#, #"u\351"#, #"run\351"#] {
            #expect(outcome.lines.contains { $0 == name }, "\(name)")
        }
        // What a script would read has the bytes of the path.
        for name in ["run", "again"] {
            #expect(
                try folder.read(name).split(separator: 0x0A).last?.starts(with: [0x72, 0x75, 0x6E, 0xE9, 0x2F]) == true)
        }
    }

    @Test("Messages show such a byte by its number")
    func message() throws {
        let outcome = try shell(#""$runic" text $'caf\xE9.txt'"#)
        #expect(outcome.status == 1)
        #expect(outcome.errors == "runic: caf\\xE9.txt: cannot be read: no such file or directory\n")
    }

    @Test("A text on the command line must be UTF-8")
    func text() throws {
        let outcome = try shell(#""$runic" sample "$model" --prompt $'caf\xE9'"#)
        #expect(outcome.status == 64)
        #expect(
            outcome.errors == "runic: the value of --prompt is not UTF-8: caf\\xE9; only paths may have other bytes\n")
    }
}
