import Runic

/// The table of sampling one text, Runic and its peers in turn.
struct SamplingSection {
    let plan: MeasuringPlan

    /// A model and the goals of its ratios.
    private struct Aim {
        let model: SamplingCase
        let float32ToRuntime, int8ToRuntime, float32ToTorch: Double
    }

    private static let aims = [
        Aim(
            model: SamplingCase(cell: "lstm", layers: 2, hidden: 128, symbols: 3000),
            float32ToRuntime: 5, int8ToRuntime: 8, float32ToTorch: 20),
        Aim(
            model: SamplingCase(cell: "lstm", layers: 2, hidden: 512, symbols: 600),
            float32ToRuntime: 3, int8ToRuntime: 10, float32ToTorch: 25),
        Aim(
            model: SamplingCase(cell: "gru", layers: 2, hidden: 512, symbols: 1000),
            float32ToRuntime: 2.5, int8ToRuntime: 9, float32ToTorch: 8),
        Aim(
            model: SamplingCase(cell: "lstm", layers: 3, hidden: 1024, symbols: 200),
            float32ToRuntime: 1.15, int8ToRuntime: 12, float32ToTorch: 5),
    ]

    func measure(into report: inout Report) throws {
        report.begin(
            Table(
                "Sampling, one stream",
                explanation:
                    "Symbols per second at temperature 0.8, draws included; vocabulary 65; medians of the rounds, "
                    + "each with the better of \(plan.threadCounts.map(String.init).joined(separator: " and ")) threads. "
                    + "The peers run from Python, which is counted; ONNX Runtime's int8 is its dynamic quantisation, if it has "
                    + "one. "
                    + OtherPrograms.explanation,
                labels: ["model"]))
        for aim in Self.aims where plan.includes(aim.model.name) {
            let others = OtherPrograms()
            let figures = try SamplingFigures(aim.model, plan: plan)
            let runtime = figures[.onnxRuntime], float32 = figures[.runic(.float32)]
            report.add(
                [aim.model.name],
                figures.columns + [
                    Measurement(
                        "f32 / ONNX Runtime f32", .ratio, float32 / runtime, goal: .atLeast(aim.float32ToRuntime)),
                    Measurement(
                        "int8 / ONNX Runtime f32", .ratio, figures[.runic(.int8)] / runtime,
                        goal: .atLeast(aim.int8ToRuntime)),
                    Measurement(
                        "f32 / PyTorch f32", .ratio, float32 / figures[.torch], goal: .atLeast(aim.float32ToTorch)),
                    others.column,
                ])
        }
    }
}
