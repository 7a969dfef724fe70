import Foundation
import Runic
import Testing

@Suite("Errors of the library")
struct RunicErrorTests {
    @Test("Every error of a module below has a case of its own")
    func wraps() {
        func kind(_ error: any Error) -> String {
            switch RunicError(wrapping: error, path: "file") {
            case .text(.pipelineShape): "text"
            case .archive(.newerFormat): "archive"
            case .model("file", .matrix): "model"
            case .training(.diverged): "training"
            case .sampling(.everythingBanned): "sampling"
            case .memory: "itself"
            case .other(let reason): reason
            default: "another"
            }
        }
        #expect(kind(TextError.pipelineShape) == "text")
        #expect(kind(ArchiveError.newerFormat(path: "a", found: 2, supported: 1)) == "archive")
        #expect(kind(ModelError.matrix("refused")) == "model")
        #expect(kind(TrainingError.diverged(step: 1, rollbacks: 2)) == "training")
        #expect(kind(SamplingError.everythingBanned(vocabularySize: 3)) == "sampling")
        #expect(kind(RunicError.memory(needed: 2, physical: 1)) == "itself")
        #expect(kind(CancellationError()) == "file: CancellationError()")
    }

    @Test("A comparison with an unknown option of a cell throws the error of the model")
    func comparison() throws {
        let comparison = Comparison(options: tinyOptions("/nowhere/none.txt"), cells: ["lstm", "gru:nothing"])
        let error = #expect(throws: RunicError.self) { try comparison.validate() }
        guard case .model(nil, .unknownCell) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(
        "The localised description of an error is its line",
        arguments: [
            RunicError.memory(needed: 2, physical: 1), TextError.pipelineShape,
            ArchiveError.newerFormat(path: "a", found: 2, supported: 1), ModelError.matrix("refused"),
            TrainingError.diverged(step: 1, rollbacks: 2), SamplingError.everythingBanned(vocabularySize: 3),
            EvaluationError.encoding(reason: "not finite"),
        ] as [any Error & CustomStringConvertible & Sendable])
    func localized(error: any Error & CustomStringConvertible & Sendable) {
        #expect(error.localizedDescription == error.description)
        #expect((error as? any LocalizedError)?.errorDescription == error.description)
    }
}
