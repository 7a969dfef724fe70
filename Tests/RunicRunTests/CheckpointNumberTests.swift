import Foundation
import Testing

@testable import RunicTraining

@Suite("The numbers of a checkpoint")
struct CheckpointNumberTests {
    /// A state as a checkpoint has it, with some of its numbers replaced.
    private func state(_ changes: [String: Any]) throws -> TrainerState {
        var sound = TrainerState()
        (sound.step, sound.symbols, sound.seconds, sound.validatedStep, sound.bestStep) = (50, 6_400, 1.5, 50, 50)
        sound.scalarState = ["plateau.waited": 3, "asgd.trigger": 7]
        let json = try JSONEncoder().encode(sound)
        var object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        object.merge(changes) { $1 }
        return try JSONDecoder().decode(TrainerState.self, from: JSONSerialization.data(withJSONObject: object))
    }

    @Test("are taken as they are where a run could have them")
    func sound() throws { #expect(try state([:]).contradiction == nil) }

    @Test(
        "are refused where no run could have them, by name",
        arguments: [
            "step", "symbols", "validatedStep", "bestStep", "skippedSteps", "skippedInRow", "returns",
        ])
    func counts(name: String) throws {
        for count in [-1, Int.min, Int.max] {
            #expect(try state([name: count]).contradiction == "\(name) is \(count)")
        }
    }

    @Test("are refused where a time or a rate cannot be")
    func times() throws {
        #expect(try state(["seconds": 1e308]).contradiction == "seconds is 1e+308")
        #expect(try state(["bestSeconds": -1]).contradiction == "bestSeconds is -1.0")
        #expect(try state(["rateFactor": 0]).contradiction == "rateFactor is 0.0")
        #expect(try state(["rateFactor": 2]).contradiction == "rateFactor is 2.0")
        #expect(try state(["numbers": ["asgd.trigger": 1e300]]).contradiction == "asgd.trigger is 1e+300")
        #expect(try state(["bestStep": 51]).contradiction == "it is at step 50, before its own marks")
    }

    @Test("that are no whole numbers stop neither a schedule nor an optimizer")
    func fractions() throws {
        var schedule = PlateauSchedule(factor: 0.5, patience: 3)
        schedule.scalarState = ["plateau.waited": 1e300]
        #expect(schedule.scalarState["plateau.waited"] == 0)
    }
}
