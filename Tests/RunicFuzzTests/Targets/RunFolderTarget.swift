import Foundation
import RunicArchive
import RunicModel
import RunicTesting
import RunicTraining

@testable import Runic
@testable import RunicRun

/// The files of a run: settings, log and checkpoint.
enum RunFolderTarget {
    /// Lines of a key, a space and JSON: `settings` is the file, `log` a line of the log, `floats` numbers of a tensor
    /// `memory.NAME`, and every other key one of the checkpoint's metadata.
    @Sendable static func check(_ input: [UInt8]) throws {
        let temporary = try TemporaryFolder()
        let folder = RunFolder(path: temporary.path)
        var metadata = try ManifestTarget.soundMetadata()
        var log: [UInt8] = []
        var memory: [ArchiveTensor] = []
        for line in input.split(separator: UInt8(ascii: "\n")) {
            let (key, value) = Array(line).halves(at: UInt8(ascii: " "))
            switch String(decoding: key, as: UTF8.self) {
            case "settings": try temporary.write(value, to: "settings.json")
            case "log": log += value + [UInt8(ascii: "\n")]
            case "floats":
                let floats = value.map { Float(Int($0) - 128) }
                memory = [try ArchiveTensor(name: "memory.x", shape: [floats.count], floats: floats.span)]
            case let key: metadata[key] = String(decoding: value, as: UTF8.self)
            }
        }
        try temporary.write(log, to: "log.jsonl")
        let tensors = try ManifestTarget.tensors(for: metadata) + memory
        try Archive(metadata: metadata, tensors: tensors).write(to: folder.resumePath)
        if let options = try? folder.settings(TrainingOptions.self) {
            try folder.write(settings: options)
            let again = try folder.settings(TrainingOptions.self)
            try claim(again == options, "other settings after writing")
        }
        guard let (checkpoint, _) = try? folder.readCheckpoint() else { return }
        _ = try? checkpoint.parameters(of: ManifestTarget.soundConfiguration)
        _ = try? checkpoint.vectorState()
        let state = try JSONDecoder().decode(TrainerState.self, from: JSONEncoder().encode(checkpoint.state))
        try claim(state == checkpoint.state, "another state of the trainer after writing")
        _ = try? folder.rewind(to: checkpoint)
        let left = try temporary.read("log.jsonl")
        try claim(log.starts(with: left), "the log has other lines after rewinding")
    }
}
