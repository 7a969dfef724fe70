import RunicTesting
import Testing

@testable import RunicTool

@Suite("Mistyped words: one line that says what was meant")
struct MistypedTests {
    @Test(
        "A mistyped command, option or value is named with the one that was meant",
        arguments: [
            (["trian"], "'train'"), (["trian", "x.txt", "--out", "run"], "'train'"), (["study", "gate"], "'gates'"),
            (["corpus", "gets", "text8"], "'get'"), (["help", "trian"], "'train'"),
            (["help", "study", "gate"], "'gates'"), (["train", "--help-al"], "'--help-all'"),
            (["trian", "--help"], "'train'"), (["train", "x", "--out", "o", "--epoch", "3"], "'--epochs'"),
            (["train", "x", "--out", "o", "--preset", "smal"], "'small'"),
            (["train", "x", "--out", "o", "--preset=smal"], "'small'"),
            (["train", "x", "--out", "o", "--cell", "ltsm"], "'lstm'"),
            (["train", "x", "--out", "o", "--cell", "lstm:pephole"], "'lstm:peephole'"),
            (["train", "x", "--out", "o", "--optimizer", "adm"], "'adam'"),
            (["train", "x", "--out", "o", "--schedule", "consine"], "'cosine'"),
            (["train", "x", "--out", "o", "--stage", "decod"], "'decode'"),
            (["train", "x", "--out", "o", "--stage", "strp:what=markup"], "'strip'"),
            (["train", "x", "--out", "o", "--normalize", "nfx"], "'nfc'"),
            (["train", "x", "--out", "o", "--unit", "bytes"], "'byte'"),
            (["compare", "x", "--cells", "lstm,gruu"], "'gru'"), (["compare", "x", "--match", "time2"], "'time'"),
            (["quantize", "m", "--to", "int9", "-o", "o"], "'int8'"),
            (["study", "memory", "--task", "ading"], "'adding'"),
            (["--generate-completion-script", "bsh"], "'bash'"),
        ])
    func suggestions(arguments: [String], meant: String) throws {
        try Tool.expectFailure(arguments, status: 64, saying: "did you mean \(meant)?")
    }

    @Test("A mistyped corpus is named with the one that was meant")
    func corpus() throws {
        try Tool.expectFailure(
            ["corpus", "get", "tinyshakespear"], status: 1, saying: "did you mean 'tinyshakespeare'?")
    }

    @Test("A value outside a list is refused with the list")
    func list() throws {
        try Tool.expectFailure(
            ["text", "x", "--normalize", "word"], status: 64,
            saying: "--normalize is word; it must be nfc, nfd, nfkc, nfkd, nfkc-casefold or none")
        try Tool.expectFailure(
            ["quantize", "m", "--to=f32", "-o", "o"], status: 64, saying: "--to is f32; it must be int8 or bf16")
    }

    @Test(
        "What is close to nothing gets no suggestion",
        arguments: [
            ["sing"], ["help", "sing"], ["-v"], ["sample", "m", "-z", "x"],
            ["train", "x", "--out", "o", "--cell", "perceptron"],
        ])
    func nothing(arguments: [String]) throws {
        let outcome = try Tool.run(arguments)
        #expect(
            outcome.status == 64 && outcome.text == "" && !outcome.errors.contains("did you mean"), "\(outcome.errors)")
    }

    @Test("A word too many for help is named")
    func help() throws {
        try Tool.expectFailure(["help", "train", "gates"], status: 64, saying: "leave out gates")
    }

    @Test("A mistyped path is named with the file that is there")
    func path() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("A text.", to: "letters.txt")
        try Tool.expectFailure(
            ["text", folder.file("leters.txt")], status: 1,
            saying: "leters.txt: cannot be read: no such file or directory; did you mean '\(path)'?")
    }
}
