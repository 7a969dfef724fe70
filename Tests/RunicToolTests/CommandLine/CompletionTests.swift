import RunicTesting
import Testing

@testable import RunicTool

@Suite("Completion of command lines")
struct CompletionTests {
    @Test(
        "Commands, options and values are offered by what they begin with",
        arguments: [
            (["tr"], ["train"]), (["study", "g"], ["gates", "gradients"]),
            (["train", "--ep"], ["--epochs", "--epsilon"]),
            (["train", "--preset", ""], ["tiny", "small", "medium", "large"]),
            (["train", "--preset=sm"], ["--preset=small"]),
            (["train", "--optimizer", "nt"], ["nt-asgd"]), (["train", "--schedule", "co"], ["constant", "cosine"]),
            (["train", "--unit", "by"], ["byte"]), (["train", "--precision", "b"], ["bf16"]),
            (["train", "--stage", "strip"], ["strip"]), (["corpus", "get", "tiny"], ["tinyshakespeare"]),
            (["quantize", "m", "--to", ""], ["int8", "bf16"]), (["study", "memory", "--task", "c"], ["copy"]),
            (["train", "--cell", "gr"], ["gru", "gru:reset-before"]),
            (["train", "--cell", "lstm:co"], ["lstm:coupled"]),
            (["train", "--cell=lstm:co"], ["--cell=lstm:coupled"]),
            (["train", "--cell", "lstm:peephole+co"], ["lstm:peephole+coupled"]),
            (["compare", "x", "--cells", "lstm,mg"], ["lstm,mgu"]), (["text", "--qu"], ["--quiet"]),
            (["train", "--help"], ["--help", "--help-all"]), (["help", "stu"], ["study"]), (["--no-c"], ["--no-color"]),
        ])
    func candidates(words: [String], expected: [String]) {
        let completion = Completion(words)
        #expect(completion.candidates.map(\.word) == expected)
    }

    @Test("An option that is there is offered again only if it may be repeated")
    func used() {
        #expect(Completion(["train", "--epochs", "3", "--epoc"]).candidates.isEmpty)
        #expect(Completion(["train", "--stage", "abc", "--stag"]).candidates.map(\.word) == ["--stage"])
    }

    @Test("Where a path is wanted, or anything, the shell completes; where a name is wanted, it does not")
    func otherwise() {
        #expect(Completion(["train", ""]).otherwise == .files)
        #expect(Completion(["train", "--", "-"]).otherwise == .files)
        #expect(Completion(["train", "--out", "r"]).otherwise == .folders)
        #expect(Completion(["train", "--out=r"]).otherwise == .folders)
        #expect(Completion(["sample", "m", "--prompt", ""]).otherwise == .files)
        #expect(Completion(["x"]).otherwise == .nothing)
    }

    /// What bash puts in place of the last word of a command line.
    private func bash(_ words: [String], in folder: TemporaryFolder) throws -> [String] {
        let list = words.map { "'\($0)'" }.joined(separator: " ")
        let commands = """
            cd '\(folder.path)'; PATH='\(folder.path)':$PATH
            source <('\(Tool.path)' --generate-completion-script bash)
            COMP_WORDS=('\(Tool.path)' \(list)); COMP_CWORD=\(words.count)
            _runic "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let outcome = try Tool.run("/bin/bash", ["--norc", "-c", commands])
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
        return outcome.lines.map(String.init)
    }

    @Test(
        "Bash completes, with words as it cuts them at = and :",
        arguments: [
            (["tra"], ["train"]), (["train", "--pres"], ["--preset"]), (["train", "--preset", "=", "sm"], ["small"]),
            (["train", "--preset", "="], ["tiny", "small", "medium", "large"]),
            (["train", "--cell", "lstm", ":", "cou"], ["coupled"]),
            (["train", "--cell", "gru", ":"], ["reset-before"]),
            (["train", "--cell", "=", "lstm", ":", "cou"], ["coupled"]),
            (["study", ""], ["gates", "memory", "gradients", "novelty"]),
            (["train", "te"], []), (["corpus", "get", "war"], ["warpeace"]),
        ])
    func bash(words: [String], expected: [String]) throws {
        #expect(try bash(words, in: TemporaryFolder()) == expected)
    }

    @Test("Bash keeps its own completion of files where the program offers nothing")
    func bashFiles() throws {
        let outcome = try Tool.run(["--generate-completion-script", "bash"])
        #expect(outcome.lines.last == "complete -o default -o bashdefault -F _runic runic")
    }

    @Test("Every script asks the program, and the shell accepts it", arguments: CompletionScript.allCases)
    func scripts(script: CompletionScript) throws {
        for arguments in [
            ["--generate-completion-script", script.rawValue], ["--generate-completion-script=\(script)"],
        ] {
            let outcome = try Tool.run(arguments)
            #expect(outcome.status == 0 && outcome.text == script.text)
        }
        #expect(script.text.contains(Completion.request))
        guard let shell = try? Tool.program(script.rawValue) else { return }
        let folder = try TemporaryFolder()
        let path = try folder.write(script.text, to: "script")
        let outcome = try Tool.run(shell, ["-n", path])
        #expect(outcome.status == 0 && outcome.errors == "", "\(script): \(outcome.errors)")
    }

    @Test("Fish completes, if it is here")
    func fish() throws {
        guard let shell = try? Tool.program("fish") else { return }
        let folder = try TemporaryFolder()
        let path = try folder.write(CompletionScript.fish.text, to: "runic.fish")
        for (line, expected) in [
            ("train --cell=lstm:co", "--cell=lstm:coupled"), ("corpus get tiny", "tinyshakespeare"),
            ("train runic.f", "runic.fish"), ("train --finetune=runic.f", "--finetune=runic.fish"),
        ] {
            let commands = """
                ln -sf \(Tool.path) \(folder.path)/runic; set -x PATH \(folder.path) $PATH
                source \(path); cd \(folder.path); complete -C 'runic \(line)'
                """
            let outcome = try Tool.run(shell, ["--no-config", "-c", commands])
            let words = outcome.lines.map { $0.prefix { $0 != "\t" } }
            #expect(words.contains { $0 == expected }, "\(line): \(outcome.text) \(outcome.errors)")
        }
    }
}
