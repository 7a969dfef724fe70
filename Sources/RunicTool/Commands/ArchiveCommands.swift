internal import ArgumentParser
internal import Runic
internal import RunicArchive
internal import RunicTerminal

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show the contents of a model's archive.")

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let inspection = ModelInspection(try ModelLoading.archive(model))
        if json {
            try Console.json(inspection)
        } else {
            Console.result(inspection.rendered(columns: Terminal.outputColumns))
        }
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check all checksums, sizes and values in a model's archive.")

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var plugins: PluginArguments

    func run() throws {
        let archive = try ModelLoading.archive(model)
        let verification = try reporting { () throws(ArchiveError) in try ArchiveVerification(archive) }
        let loaded = try ModelLoading.load(model, registry: plugins.registry())
        try reporting { () throws(RunicError) in
            try loaded.checkVocabulary()
            try loaded.checkNote()
        }
        if json { try Console.json(verification) } else { Console.result(verification.rendered) }
    }
}

struct UnpackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpack", abstract: "Write a model's tensors as safetensors and its metadata as JSON.")

    @Argument(help: "A .runic archive, or the folder of a run.", completion: .file()) var model: String
    @Option(
        name: [.long, .customShort("o"), .customLong("out")],
        help: ArgumentHelp("The folder to write to.", valueName: "folder"), completion: .directory) var to: String

    func run() throws {
        let archive = try ModelLoading.archive(model)
        let files = try reporting { () throws(ArchiveError) in try archive.unpack(to: to) }
        for file in files { Console.verbatim(file) }
    }
}
