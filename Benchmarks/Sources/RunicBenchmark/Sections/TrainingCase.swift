import Runic

/// A model and a batch whose training steps are measured.
struct TrainingCase {
    let cell: String
    let layers, hidden, batch, sequence: Int
    /// Counted steps per round; fewer if a step takes seconds.
    let steps: Int
    /// The goal of the ratio to PyTorch.
    let ratioGoals: [Precision: Double]
    /// The goal in percent of the float32 peak.
    let shareGoal: Double

    static let all = [
        TrainingCase(
            cell: "lstm", layers: 2, hidden: 128, batch: 50, sequence: 50, steps: 40,
            ratioGoals: [.float32: 1.8, .bfloat16: 1.5], shareGoal: 65),
        large,
        TrainingCase(
            cell: "gru", layers: 2, hidden: 512, batch: 64, sequence: 128, steps: 5,
            ratioGoals: [.float32: 2.2, .bfloat16: 2], shareGoal: 85),
        TrainingCase(
            cell: "lstm", layers: 3, hidden: 1024, batch: 64, sequence: 100, steps: 3,
            ratioGoals: [.float32: 1.45, .bfloat16: 1.8], shareGoal: 90),
    ]

    /// The case whose scaling with threads is measured too.
    static let large = TrainingCase(
        cell: "lstm", layers: 2, hidden: 512, batch: 64, sequence: 128, steps: 5,
        ratioGoals: [.float32: 1.65, .bfloat16: 1.7], shareGoal: 88)

    var name: String { "\(cell) \(layers)×\(hidden), \(batch)×\(sequence)" }
    var symbolsPerStep: Double { Double(batch * sequence) }

    var configuration: ModelConfiguration {
        ModelConfiguration(cell: cell, vocabularySize: 65, embeddingSize: hidden, hiddenSize: hidden, layers: layers)
    }

    func settings(_ precision: Precision, threads: Int) -> TrainingSettings {
        var settings = TrainingSettings()
        (settings.batch, settings.sequence) = (batch, sequence)
        (settings.precision, settings.threads) = (precision.rawValue, threads)
        return settings
    }

    /// Measures steps of Runic.
    func measure(_ precision: Precision, threads: Int, steps: Int) throws -> TrainingSpeed {
        try TrainingSpeed.measure(configuration, settings: settings(precision, threads: threads), steps: steps)
    }

    /// Seconds of each step of PyTorch.
    func measurePeer(_ peers: Peers, _ precision: Precision, threads: Int, steps: Int) -> [Double] {
        struct Step: Decodable { let seconds: Double }
        var arguments = [
            "--cell", cell, "--layers", "\(layers)", "--hidden", "\(hidden)", "--batch", "\(batch)", "--sequence",
            "\(sequence)", "--threads", "\(threads)", "--steps", "\(steps)",
        ]
        if precision == .bfloat16 { arguments.append("--bf16") }
        return peers.run("train_peer.py", arguments, as: Step.self).map(\.seconds)
    }
}
