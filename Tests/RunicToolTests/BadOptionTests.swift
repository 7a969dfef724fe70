import Testing

@Suite("Bad options: one line that names the option, exit status 64")
struct BadOptionTests {
    private let tiny: TinyModel.Run

    init() throws { tiny = try TinyModel.run() }

    @Test(
        "Training options are checked before any text is read",
        arguments: [
            ("--layers", "0"), ("--layers", "65"), ("--layers", "two"), ("--hidden", "0"), ("--hidden", "16385"),
            ("--hidden", "99999999999999999999"), ("--embedding", "0"), ("--embedding", "16385"), ("--batch", "0"),
            ("--batch", "65537"), ("--sequence", "0"), ("--sequence", "65537"), ("--epochs", "0"),
            ("--max-time", "0s"), ("--max-time", "soon"), ("--max-time", "nan"), ("--checkpoint-every", "-1s"),
            ("--checkpoint-every", "now"), ("--learning-rate", "0"),
            ("--learning-rate", "-1"), ("--learning-rate", "nan"), ("--learning-rate", "101"), ("--warm-up", "-1"),
            ("--dropout", "1"), ("--dropout", "-0.1"), ("--dropout", "nan"), ("--weight-decay", "2"), ("--clip", "0"),
            ("--clip", "inf"), ("--validate-every", "0"), ("--seed", "-1"), ("--seed", "x"), ("--threads", "0"),
            ("--threads", "1025"), ("--split", "0.9"), ("--split", "1,1,1"), ("--split", "0,0.5,0.5"),
            ("--split", "a,b,c"), ("--min-count", "0"), ("--precision", "f16"), ("--optimizer", "magic"),
            ("--unit", "sentence"), ("--normalize", "nfx"), ("--newlines", "cr"), ("--unknown", "maybe"),
            ("--schedule", "linear"), ("--decay-factor", "0"), ("--decay-epochs", "0"), ("--decay-after", "-1"),
            ("--patience", "0"), ("--final-share", "2"), ("--momentum", "1"), ("--beta1", "1"), ("--beta2", "-1"),
            ("--epsilon", "0"), ("--alpha", "1"), ("--ema", "1"), ("--embedding-dropout", "1"),
            ("--output-dropout", "1"), ("--recurrent-dropout", "1"), ("--weight-drop", "1"),
            ("--zoneout-hidden", "1"), ("--zoneout-cell", "1"), ("--activation-penalty", "-1"),
            ("--temporal-penalty", "-1"), ("--label-smoothing", "1"), ("--document-separator", ""),
            ("--max-symbols", "1"), ("--max-symbols", "65536"), ("--fallback", "words"), ("--spell", "2"),
            ("--spell", "-1"), ("--spell", "many"),
        ])
    func training(option: String, value: String) throws {
        try Tool.expectFailure(
            ["train", "/nowhere/none.txt", "--out", "/nowhere/run", "\(option)=\(value)"], status: 64, saying: option)
    }

    @Test(
        "Options of the fallback that contradict each other are refused",
        arguments: [
            (["--unknown", "always"], "--unknown always and --fallback bytes exclude each other"),
            (["--max-symbols", "256"], "it must be 257 to 65535, as the 256 bytes of --fallback bytes count too"),
            (["--spell=-1"], "--spell is -1"), (["--spell", "nan"], "--spell is nan"),
        ])
    func fallback(options: [String], words: String) throws {
        try Tool.expectFailure(
            ["train", "/nowhere/none.txt", "--out", "/nowhere/run", "--fallback", "bytes"] + options, status: 64,
            saying: words)
    }

    @Test("A projection may be as wide as the preset's hidden layers, and no wider")
    func projection() throws {
        let train = ["train", "/nowhere/none.txt", "--out", "/nowhere/run", "--preset", "medium", "--projection"]
        try Tool.expectFailure(train + ["300"], status: 1, saying: "none.txt: cannot be read")
        try Tool.expectFailure(train + ["513"], status: 64, saying: "--projection is 513; it must be 1 to 512")
        try Tool.expectFailure(
            train + ["513", "--hidden", "256"], status: 64, saying: "--projection is 513; it must be 1 to 256")
    }

    @Test("An unknown cell is named, with those there are")
    func unknownCell() throws {
        try Tool.expectFailure(
            ["train", "/nowhere/none.txt", "--out", "/nowhere/run", "--cell", "lstn"], status: 64,
            saying: "no cell is named lstn; there are rnn, lstm, gru, mgu, coupled, peephole")
    }

    @Test(
        "Options that a model fixes are refused with --finetune",
        arguments: [
            ("--cell", "gru"), ("--layers", "2"), ("--hidden", "256"), ("--embedding", "8"), ("--unit", "byte"),
            ("--normalize", "nfc"), ("--newlines", "lf"),
        ])
    func finetune(option: String, value: String) throws {
        try Tool.expectFailure(
            ["train", tiny.text, "--finetune", tiny.model, "--out", "/nowhere/run", option, value], status: 64,
            saying: "--finetune takes cell, sizes and pipeline from its model; leave out \(option)")
    }

    @Test(
        "Sampling options are checked before a model is read",
        arguments: [
            ("temperature", "-1"), ("temperature", "nan"), ("temperature", "inf"), ("top-k", "0"), ("top-k", "-1"),
            ("top-k", "1.5"), ("top-p", "-0.1"), ("top-p", "1.1"), ("top-p", "nan"), ("min-p", "-0.1"),
            ("min-p", "2"), ("length", "-1"), ("length", "many"), ("seed", "-1"),
        ])
    func sampling(option: String, value: String) throws {
        for command in ["sample", "repl"] {
            try Tool.expectFailure(
                [command, "/nowhere/none.runic", "--\(option)=\(value)"], status: 64, saying: option)
        }
    }

    @Test(
        "The other options are checked too",
        arguments: [
            (["sample", "--count=0"], "--count"), (["sample", "--count=-3"], "--count"),
            (["sample", "--stop", ""], "--stop"), (["evaluate", "x.txt", "--threads=0"], "--threads"),
            (["sample", "--precision=f16"], "--precision"), (["repl", "--precision=auto"], "--precision"),
            (["evaluate", "x.txt", "--precision=8"], "--precision"),
            (["quantize", "-o", "m", "--to=f32"], "--to"), (["quantize", "-o", "m", "--to=int4"], "--to"),
            (["quantize", "-o", "", "--to=int8"], "--out"),
            (["quantize", "-o", "m", "--to=int8", "--threads=0"], "--threads"),
            (["quantize", "-o", "m", "--to=int8", "--check=-"], "--check"),
        ])
    func others(arguments: [String], words: String) throws {
        try Tool.expectFailure(
            arguments.prefix(1) + [tiny.model] + arguments.dropFirst(), status: 64, saying: words)
    }

    @Test("A value that begins with a dash needs an equals sign, and the message says so")
    func negativeValue() throws {
        try Tool.expectFailure(
            ["sample", tiny.model, "--temperature", "-1"], status: 64, saying: "--temperature=-1")
    }

    @Test(
        "Missing and unexpected arguments are named",
        arguments: [
            (["train"], "no text is given"), (["train", "x.txt"], "--out is missing"),
            (["train", "--resume", "run", "--dropout", "0.1"], "--finetune run/best.runic"),
            (["train", "--resume", "run", "--out", "o"], "--resume"),
            (["train", "--resume", "run", "--epochs", "20"], "leave out --epochs"),
            (["train", "--resume=run", "--epochs=20"], "leave out --epochs"),
            (["train", "--resume=run", "--tied"], "leave out --tied"),
            (["train", "--resume=run", "--out=o", "--tied"], "leave out --out, --tied"),
            (["train", "--resume=run", "x.txt", "--threads", "0"], "--threads is 0"),
            (["evaluate"], "<model>"), (["evaluate", "m.runic"], "<texts>"), (["sample"], "<model>"),
            (["repl"], "<models>"), (["inspect"], "<model>"), (["verify"], "<model>"), (["unpack", "m"], "--to"),
            (["quantize"], "<model>"), (["quantize", "m", "--to", "int8"], "--out"),
            (["quantize", "m", "-o", "o"], "--to"),
            (["text"], "no text is given"), (["compare"], "<texts>"),
            (["compare", "x.txt", "--cells=lstm,lstn"], "lstn"),
            (["compare", "x.txt", "--seeds=0"], "seeds"), (["compare", "x.txt", "--match=luck"], "--match"),
            (["compare", "x.txt", "--cells="], "--cells"), (["sing"], "sing"),
            (["text", "x.txt", "--louder"], "--louder"),
            (["verify", "a.runic", "b.runic"], "b.runic"),
        ])
    func arguments(arguments: [String], words: String) throws {
        try Tool.expectFailure(arguments, status: 64, saying: words)
    }
}
