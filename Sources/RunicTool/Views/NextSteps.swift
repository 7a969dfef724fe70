internal import Runic
internal import RunicDisplay
internal import RunicTerminal
internal import Synchronization

/// What follows a training on standard error: a sample of its model, and what to type next.
struct NextSteps {
    /// The folder of the run.
    let run: String
    let resumeCommand: String

    private static let temperature = 0.7
    /// The most symbols and lines of the sample.
    private static let (mostSymbols, mostLines) = (240, 4)
    /// The most characters of the prompt: what has no spaces is no word.
    private static let longestPrompt = 16

    func show(after summary: TrainingSummary) {
        guard !Console.isQuiet.load(ordering: .relaxed) else { return }
        if summary.end == .interrupted {
            Console.note("to continue: \(resumeCommand)")
            return
        }
        let sample = Self.sample(of: summary.model)
        if !sample.isEmpty {
            Console.note("a sample of the best model at temperature \(Self.temperature):")
            for line in sample { Console.note("  " + line) }
        }
        let prompt = Self.prompt(sample).map { " --prompt " + $0.shellQuoted } ?? ""
        Console.note("next: runic sample \(run.shellPath)\(prompt)")
        Console.note("      runic repl \(run.shellPath)")
    }

    /// A few lines that the model writes from the start of a text, the same after every training of the same model.
    static func sample(of model: TextModel) -> [String] {
        var settings = SamplerSettings()
        (settings.temperature, settings.seed) = (temperature, 1)
        guard var sampler = try? model.makeSampler(settings) else { return [] }
        var context = model.start()
        var bytes: [UInt8] = []
        for _ in 0..<mostSymbols where context.isFinite && !InterruptFlag.signals.isRequested {
            bytes += model.next(&context, sampler: &sampler)
            if lines(bytes).count > mostLines { break }
        }
        return Array(lines(bytes).prefix(mostLines))
    }

    /// The lines that are not empty, without the bytes of an unfinished character at the end.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        var assembler = UTF8Assembler()
        return assembler.add(bytes).split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isEmpty }
    }

    /// A word to begin with that the model knows; nil if it wrote none.
    static func prompt(_ sample: [String]) -> String? {
        sample.lazy.flatMap { $0.split { !$0.isLetter } }.first.map { String($0.prefix(longestPrompt)) }
    }
}
