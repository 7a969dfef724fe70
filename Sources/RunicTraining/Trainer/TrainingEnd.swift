/// How a run ended.
public enum TrainingEnd: String, Sendable, Codable {
    case finished
    case timeIsUp = "time is up"
    case interrupted
}
