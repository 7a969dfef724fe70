import Runic

/// The table of sampling many texts in parallel, Runic and its peers in turn.
struct StreamsSection {
    let plan: MeasuringPlan

    private static let model = SamplingCase(cell: "lstm", layers: 2, hidden: 512, streams: 64, symbols: 200)
    private static let goals: [(precision: Precision, ratio: Double)] = [
        (.float32, 1.6), (.bfloat16, 3), (.int8, 5),
    ]

    func measure(into report: inout Report) throws {
        guard plan.includes(Self.model.name) else { return }
        report.begin(
            Table(
                "Sampling, \(Self.model.streams) streams at once",
                explanation: "Symbols per second of all streams together; the ratios are to the better peer in f32. "
                    + OtherPrograms.explanation,
                labels: ["model"]))
        let others = OtherPrograms()
        let figures = try SamplingFigures(Self.model, plan: plan)
        let peer = [figures[.onnxRuntime], figures[.torch]].compactMap { $0 }.max()
        report.add(
            [Self.model.name],
            figures.columns
                + Self.goals.map { goal in
                    Measurement(
                        "\(goal.precision.rawValue) / peer f32", .ratio, figures[.runic(goal.precision)] / peer,
                        goal: .atLeast(goal.ratio))
                } + [others.column])
    }
}
