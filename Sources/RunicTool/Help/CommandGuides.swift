/// The guides of all commands, in the order in which the program lists them.
extension TrainCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["TEXT... --out RUN [OPTIONS]", "--resume RUN"],
        options: [
            "--out", "--resume", "--preset", "--cell", "--hidden", "--layers", "--epochs", "--max-time", "--finetune",
        ],
        examples: [
            "train book.txt --out run", "train poems/ --out run --preset small --max-time 10m", "train --resume run",
        ])
}

extension EvaluateCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["MODEL TEXT... [OPTIONS]"],
        options: ["--json", "--window", "--repair", "--precision"],
        examples: ["evaluate run/best.runic other.txt", "evaluate run/best.runic letters/ --json"])
}

extension SampleCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["MODEL [OPTIONS]"],
        options: ["--prompt", "--length", "--temperature", "--stop", "--count", "--seed"],
        examples: [
            "sample run/best.runic --prompt 'Once upon'", "sample run/best.runic --temperature 0.7 --length 1000",
            "sample run/best.runic --count 8 --seed 1",
        ])
}

extension REPLCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["MODEL... [OPTIONS]"],
        options: ["--length", "--temperature", "--top-p", "--seed"],
        examples: ["repl run/best.runic", "repl run/best.runic --temperature 0.7 --length 200"])
}

extension CompareCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["TEXT... [OPTIONS]"],
        options: [
            "--cells", "--match", "--seeds", "--preset", "--hidden", "--epochs", "--max-time", "--out", "--json",
        ],
        examples: [
            "compare book.txt --max-time 1m", "compare book.txt --cells lstm,lstm:peephole,gru --seeds 3",
            "compare book.txt --epochs 5 --out comparison",
        ])
}

extension QuantizeCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["MODEL --to TYPE --out FILE [OPTIONS]"],
        options: ["--to", "--out", "--check", "--json"],
        examples: [
            "quantize run/best.runic --to int8 -o small.runic",
            "quantize run/best.runic --to bf16 -o half.runic --check book.txt",
        ])
}

extension InspectCommand: GuidedCommand {
    static let guide = CommandGuide(usage: ["MODEL [OPTIONS]"], examples: ["inspect run/best.runic"])
}

extension VerifyCommand: GuidedCommand {
    static let guide = CommandGuide(usage: ["MODEL [OPTIONS]"], examples: ["verify run/best.runic"])
}

extension UnpackCommand: GuidedCommand {
    static let guide = CommandGuide(usage: ["MODEL --to FOLDER"], examples: ["unpack run/best.runic --to parts"])
}

extension TextCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["TEXT... [OPTIONS]", "--stages"],
        options: [
            "--html", "--symbols", "--no-estimate", "--unit", "--stage", "--repair", "--trace", "--stages", "--json",
        ],
        examples: [
            "text book.txt", "text letters/ --stage strip:what=markup --no-estimate",
            "text book.txt --html report.html",
        ])
}

extension StudyGatesCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["MODEL TEXT... --out PAGE [OPTIONS]"],
        options: ["--out", "--length", "--measure", "--units"],
        examples: ["study gates run/best.runic book.txt -o gates.html"])
}

extension StudyMemoryCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["--task TASK [OPTIONS]"],
        options: ["--task", "--lags", "--cells", "--hidden", "--seeds", "--max-time", "--out"],
        examples: ["study memory --task adding --lags 100 --cells lstm,gru", "study memory --task copy --out memory"])
}

extension StudyGradientsCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["--out PAGE [OPTIONS]", "--model MODEL TEXT... --out PAGE [OPTIONS]"],
        options: ["--out", "--model", "--cells", "--steps", "--hidden", "--remember"],
        examples: [
            "study gradients -o gradients.html",
            "study gradients --model run/best.runic book.txt -o gradients.html",
        ])
}

extension StudyNoveltyCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["MODEL TEXT... [OPTIONS]"],
        options: ["--samples", "--length", "--temperature", "--seed", "--json"],
        examples: ["study novelty run/best.runic book.txt"])
}

extension CorpusListCommand: GuidedCommand {
    static let guide = CommandGuide(usage: ["[OPTIONS]"], examples: ["corpus list"])
}

extension CorpusGetCommand: GuidedCommand {
    static let guide = CommandGuide(
        usage: ["NAME [OPTIONS]"],
        options: ["--out", "--from", "--force", "--json"],
        examples: ["corpus get tinyshakespeare", "corpus get warpeace -o texts/war-and-peace.txt"])
}
