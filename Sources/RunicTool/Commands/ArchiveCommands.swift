internal import ArgumentParser
internal import Runic
internal import RunicArchive

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show the contents of a model's archive.")

    @Argument(help: "A .runic archive.", completion: .file()) var model: String
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let inspection = try reporting { () throws(ArchiveError) in ModelInspection(try Archive.read(path: model)) }
        if json { try Console.json(inspection) } else { Console.result(inspection.rendered) }
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check all checksums, sizes and values in a model's archive.")

    @Argument(help: "A .runic archive.", completion: .file()) var model: String
    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var plugins: PluginArguments

    func run() throws {
        let verification = try reporting { () throws(ArchiveError) in try ArchiveVerification(path: model) }
        _ = try ModelLoading.load(model, registry: plugins.registry())
        if json { try Console.json(verification) } else { Console.result(verification.rendered) }
    }
}

struct UnpackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpack", abstract: "Write a model's tensors as safetensors and its metadata as JSON.")

    @Argument(help: "A .runic archive.", completion: .file()) var model: String
    @Option(
        name: [.long, .customShort("o"), .customLong("out")],
        help: ArgumentHelp("The folder to write to.", valueName: "folder"), completion: .directory) var to: String

    func run() throws {
        let files = try reporting { () throws(ArchiveError) in try Archive.read(path: model).unpack(to: to) }
        for file in files { Console.result(file) }
    }
}
