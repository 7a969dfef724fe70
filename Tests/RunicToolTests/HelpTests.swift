import RunicDisplay
import Testing

@testable import RunicTool

@Suite("Help")
struct HelpTests {
    @Test(
        "The help of every command names its options",
        arguments: [
            (
                "train",
                "--out --resume --finetune --cell --layers --hidden --embedding --batch --sequence --epochs --max-time "
                    + "--learning-rate --warm-up --dropout --weight-decay --clip --seed --split --unit --normalize --newlines --repair --stage --pipeline "
                    + "--include --exclude --join-files --min-count --max-symbols --fallback --spell --precision --threads --optimizer --validate-every --licence --description --checkpoint-every "
                    + "--random-lengths --document-separator --schedule --final-share --decay-factor --decay-epochs "
                    + "--decay-after --patience --momentum --beta1 --beta2 --epsilon --alpha --ema --embedding-dropout "
                    + "--output-dropout --recurrent-dropout --variational --weight-drop --zoneout-hidden "
                    + "--zoneout-cell --activation-penalty --temporal-penalty --label-smoothing --plugin --stage --early-stop "
                    + "--no-sources"
            ),
            (
                "compare",
                "<texts> --cells --match --seeds --out --json --include --exclude --layers --hidden --max-time --epochs --threads "
                    + "--plugin --stage --no-sources"
            ),
            ("evaluate", "<model> <texts> --json --repair --include --exclude --stage --threads --precision --plugin"),
            (
                "quantize",
                "<model> --to --out --check --json --repair --include --exclude --stage --threads int8 bf16 --plugin --no-sources"
            ),
            (
                "sample",
                "--precision --threads --prompt --length --temperature --top-k --top-p --min-p --seed --stop --count --plugin"
            ),
            ("repl", "<models> --precision --threads --temperature --top-k --top-p --min-p --seed --length --plugin"),
            ("inspect", "<model> --json"), ("verify", "<model> --json --plugin"), ("unpack", "<model> --to"),
            ("corpus", "list get"), ("corpus list", "--json"),
            ("corpus get", "<name> --out --from --sha256 --force --retries --timeout --json"),
            (
                "text",
                "<texts> --json --html --symbols --no-estimate --unit --normalize --newlines --repair --split "
                    + "--split-streams --document-separator --include --exclude --threads --plugin --stage --pipeline --stages"
            ),
        ])
    func commands(command: String, options: String) throws {
        let outcome = try Tool.run(command.split(separator: " ").map(String.init) + ["--help-all"])
        #expect(outcome.status == 0 && outcome.errors == "")
        for option in options.split(separator: " ") { #expect(outcome.text.contains(option), "\(option)") }
    }

    @Test("The help of training names defaults and choices as the types have them")
    func defaults() throws {
        let words = try Tool.run(["train", "--help-all"]).text.split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
        for text in [
            "Hidden units per layer. (default: the preset's, else 256)",
            "Size limit of the vocabulary, special symbols included; the most frequent symbols stay. (default: 65535)",
            "Weight decay of the matrices. (default: the preset's, else 0.01 for adamw, 0 for the others)",
            "The cell: rnn, lstm, gru or mgu.", "adamw, adam, sgd, rmsprop or nt-asgd. (default: adamw)",
            "constant, cosine, step, exponential or plateau. (default: cosine)",
            "(default: 0.95 for exponential, 0.5 for the others)", "in file order. (default: 0.9,0.05,0.05)",
            "tiny, small, medium or large.", "(default: 30s)",
        ] {
            #expect(words.contains(text), "\(text)")
        }
    }

    @Test("The options of training come in groups")
    func groups() throws {
        let lines = try Tool.run(["train", "--help-all"]).lines
        let titles = ["TEXT", "MODEL", "TRAINING", "LEARNING RATE", "OPTIMIZER", "REGULARISATION"]
        let found = lines.filter { line in titles.contains { line.uppercased().hasPrefix($0) && line.hasSuffix(":") } }
        #expect(found.count == titles.count, "\(found)")
    }

    @Test("The help of every command fits 80 columns and one screen", arguments: CommandPaths.all())
    func size(path: [String]) throws {
        let brief = HelpPage(try CommandPath(path), .brief, columns: 200).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(brief.count <= (path == ["train"] ? 24 : 32), "\(brief.count) lines")
        let full = HelpPage(try CommandPath(path), .all, columns: 200).text.split(separator: "\n")
        for line in brief + full { #expect(line.count <= 80, "\(line)") }
    }

    @Test("Help is asked for in several ways", arguments: [["train"], ["study", "gates"], ["corpus"], []])
    func ways(path: [String]) throws {
        let (brief, full) = (HelpPage(try CommandPath(path), .brief).text, HelpPage(try CommandPath(path), .all).text)
        for arguments in [path + ["--help"], ["help"] + path, ["-h"] + path, ["-q"] + path + ["x", "--help"]] {
            let isTooMany = arguments.contains("x") && ["corpus", nil].contains(path.first)
            let outcome = try Tool.run(arguments)
            #expect(isTooMany ? outcome.status == 64 : outcome.text == brief, "\(arguments)")
        }
        #expect(try Tool.run(path + ["--help-all"]).text == full)
    }

    @Test("The help of every command shows examples, whose options there are", arguments: CommandPaths.all())
    func examples(path: [String]) throws {
        let command = try CommandPath(path)
        guard !command.isGroup else { return }
        let guide = try #require((command.command as? any GuidedCommand.Type)?.guide, "\(path) has no guide")
        let description = try #require(command.description)
        for option in guide.options { #expect(description.option(option) != nil, "\(option)") }
        for example in guide.examples {
            let words = example.split(separator: " ").map(String.init)
            #expect(try CommandPath(words).names == path, "\(example)")
            for option in ProgramArguments(words).options { #expect(description.option(option) != nil, "\(example)") }
        }
    }

    @Test("What is required comes first, and three examples follow")
    func brief() throws {
        let lines = try Tool.run(["train", "--help"]).lines
        let options = lines.filter { $0.hasPrefix("  -") }
        #expect(options.first?.hasPrefix("  -o, --out <run>") == true)
        #expect(lines.filter { $0.hasPrefix("  runic train ") }.count == 3)
        #expect(lines.last == "runic train --help-all shows all options.")
        #expect(lines.contains { $0.hasSuffix("Hidden units per layer. (default: 256)") })
    }

    @Test("The documentation is looked for beside an installed program, or in its source tree")
    func documentation() throws {
        #expect(Documentation.candidates(from: "/usr/local/bin") == ["/usr/local/share/doc/runic"])
        #expect(
            Documentation.candidates(from: "/home/me/runic/.build/x86_64-unknown-linux-gnu/debug").last
                == "/home/me/runic/docs")
        let line = try #require(try Tool.run(["--help"]).lines.last)
        #expect(line.hasPrefix("Documentation: /") && line.hasSuffix("/docs"))
    }

    @Test("Without a command, or with --help, all commands are listed", arguments: [[], ["--help"], ["help"]])
    func overview(arguments: [String]) throws {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 0 && outcome.errors == "")
        for command in [
            "train", "evaluate", "sample", "repl", "compare", "quantize", "inspect", "verify", "unpack", "text",
            "study", "corpus",
        ] {
            #expect(outcome.text.contains("  \(command) "), "\(command)")
        }
    }

    @Test("--version prints the version alone")
    func version() throws {
        let outcome = try Tool.run(["--version"])
        #expect(outcome.status == 0 && outcome.lines.count == 1)
        #expect(outcome.text == RunicVersion.current + "\n")
    }
}

/// The commands of the program.
enum CommandPaths {
    /// The paths of all commands, the program's first.
    static func all(_ path: [String] = [], _ command: CommandDescription = .program) -> [[String]] {
        [path] + (command.subcommands ?? []).filter { $0.name != "help" }.flatMap { all(path + [$0.name], $0) }
    }
}
