internal import ArgumentParser
internal import Foundation
public import Runic
public import RunicREPL
internal import RunicTerminal

struct REPLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl", abstract: "Write with a model, line by line.",
        discussion: "In the REPL, /help lists the commands and /load changes to another model.")

    @Argument(help: "One or more .runic archives, or folders of runs; the first is loaded.", completion: .file())
    var models: [String]
    @OptionGroup var sampler: SamplerArguments
    @OptionGroup var computing: ComputingArguments
    @OptionGroup var plugins: PluginArguments
    @Option(help: "Largest number of symbols per continuation.") var length = Defaults.length
    @Flag(help: TypedText.switchHelp) var noEscape = false

    func validate() throws {
        guard length >= 0 else { throw ValidationError("--length is \(length); it must be 0 or more") }
        _ = try sampler.settings()
    }

    func run() throws {
        let registry = try plugins.registry()
        var model = try ModelLoading.load(models[0], computing, registry: registry)
        try sampler.apply(to: &model)
        try ModelLoading.refuse(models[0], unlessFinite: model.start().isFinite)
        let settings = try sampler.settings()
        var session = try reporting { () throws(SamplingError) in
            try REPLSession(model: model, settings: settings, length: length, readsEscapes: !noEscape)
        }
        InterruptFlag.catchSignals()
        func load(_ path: String) throws(CommandError) -> TextModel {
            do {
                var model = try TextModel(
                    path: path, environment: Environment(stages: registry), precision: computing.precision,
                    threads: computing.threads)
                try sampler.apply(to: &model)
                return model
            } catch let failure as Failure {
                throw CommandError(failure.message)
            } catch {
                throw CommandError("\(error)")
            }
        }
        let sink = StandardStreams()
        if Terminal.hasInput, Terminal.hasOutput, var reader = EditLineReader(readsEscapes: !noEscape) {
            let others = models.dropFirst()
            Console.note(
                "\(model.name): type a text and the model continues it; /help, or Ctrl-D to leave"
                    + (others.isEmpty ? "" : "; also \(others.joined(separator: ", ")) with /load"))
            runREPL(
                session: &session, reader: &reader, sink: sink,
                usesColour: Terminal.usesColour(isTerminal: true), columns: Terminal.outputColumns, load: load)
        } else {
            var reader = PipeLineReader()
            runREPL(session: &session, reader: &reader, sink: sink, load: load)
            if let failure = reader.failure { throw Failure(failure) }
        }
        switch sink.failure {
        case .closedPipe: Console.endsWithoutOutput(nil)
        case .other(let reason): Console.endsWithoutOutput(reason)
        case nil: break
        }
    }
}

extension TextModel: ConversationModel {
    public var vocabularySize: Int { vocabulary.count }
}
