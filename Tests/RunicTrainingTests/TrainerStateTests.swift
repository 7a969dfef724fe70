import Foundation
import RunicTraining
import Testing

/// Checkpoints of earlier versions stay readable: the names in them do not change.
@Suite struct TrainerStateTests {
    private static let saved = """
        {"bestSeconds":1.5,"bestStep":20,"bestValidation":2.25,"good":{"rule":{"updates":15},"step":20},\
        "hasLearnt":false,"lastNorm":0.5,"lastRate":0.125,"numbers":{"plateau.share":0.25},"rateFactor":0.5,\
        "returns":1,"rule":{"updates":17},"seconds":3.5,"skippedInRow":2,"skippedSteps":5,"smoothedLoss":2.5,\
        "step":24,"symbols":1152,"validatedStep":20,"validation":2.25,"window":{"count":3,"seconds":0.25,"sum":7.5}}
        """

    @Test("a saved state is read, and written again with the same names and values")
    func names() throws {
        let state = try JSONDecoder().decode(TrainerState.self, from: Data(Self.saved.utf8))
        #expect(state.updates == 17 && state.rollbacks == 1 && !state.hasAccepted)
        #expect(state.snapshot?.step == 20 && state.snapshot?.updates == 15)
        #expect(state.scalarState == ["plateau.share": 0.25] && state.window.sum == 7.5)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(state), as: UTF8.self) == Self.saved)
    }
}
