import RunicCells
import RunicKernels
import RunicTraining
import Testing

/// Each optimizer against PyTorch's (2.13).
///
/// ```python
/// def run(make, steps=6):
///     w = torch.nn.Parameter(torch.cos(torch.arange(63.)).reshape(9, 7))
///     b = torch.nn.Parameter(torch.sin(torch.arange(5.)))
///     optimizer = make([dict(params=[w], weight_decay=0.1), dict(params=[b], weight_decay=0.0)])
///     mean = torch.zeros(68, dtype=torch.float64)
///     for step in range(1, steps + 1):
///         w.grad = torch.sin(step * torch.arange(63.)).reshape(9, 7)
///         b.grad = torch.cos(step * torch.arange(5.))
///         optimizer.step()
///         p = torch.cat([w.detach().flatten(), b.detach()]).double()
///         if step >= 3: mean += p / (steps - 2)
///     return [p[0], p[1], p[31], p[62], p[63], p[67], p.sum()], the same of mean
/// run(lambda groups: torch.optim.SGD(groups, lr=0.05))
/// run(lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=0.9))
/// run(lambda groups: torch.optim.RMSprop(groups, lr=0.05))
/// run(lambda groups: torch.optim.RMSprop(groups, lr=0.05, alpha=0.95, momentum=0.9))
/// run(lambda groups: torch.optim.Adam(groups, lr=0.05, betas=(0.8, 0.95)))
/// run(lambda groups: torch.optim.AdamW(groups, lr=0.05))
/// ```
@Suite struct OptimizerGoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        var name: String
        var values: [Double]
        var change: @Sendable (inout TrainingSettings) -> Void = { _ in }
        var testDescription: String { name }
    }

    static let goldens = [
        Golden(
            name: "sgd", values: [0.9703725, 0.5308893, 1.1131108, 0.6684977, -0.3, -0.7527681, 1.2036662]),
        Golden(
            name: "sgd", values: [0.9123325, 0.3021721, 1.482278, 0.9306287, -0.8914845, -0.6491899, 1.1740874],
            change: { $0.momentum = 0.9 }),
        Golden(
            name: "nt-asgd", values: [0.9123325, 0.3021721, 1.482278, 0.9306287, -0.8914845, -0.6491899, 1.1740874],
            change: { $0.momentum = 0.9 }),
        Golden(
            name: "rmsprop",
            values: [0.0275847, 0.2506281, 2.8707232, 1.0108514, -1.8289922, -0.4824373, 3.1138325]),
        Golden(
            name: "rmsprop", values: [-0.7098849, -0.6407622, 3.96931, 2.1733301, -2.7702715, 0.1072842, 4.8156448],
            change: { ($0.alpha, $0.momentum) = (0.95, 0.9) }),
        Golden(
            name: "adam", values: [0.7038133, 0.4095677, 1.211717, 0.8302847, -0.3, -0.6635658, 1.6905705],
            change: { ($0.beta1, $0.beta2) = (0.8, 0.95) }),
        Golden(
            name: "adamw", values: [0.9703725, 0.3839115, 1.1796142, 0.8408496, -0.3, -0.6524172, 1.2506273]),
    ]

    @Test(
        "six updates end where PyTorch's end, whatever clipping leaves of the gradient", arguments: goldens, [1, 0.25])
    func updates(golden: Golden, scale: Float) throws {
        let sample = OptimizerCase()
        var settings = TrainingSettings()
        (settings.optimizer, settings.weightDecay) = (golden.name, 0.1)
        golden.change(&settings)
        let optimizer = try OptimizerRegistry().make(sample.layout, settings)
        for _ in 0..<6 { sample.update(optimizer, scale: scale) }
        for (found, expected) in zip(sample.picked(sample.parameters), golden.values) {
            // RMSProp divides by √v: if a gradient is 0 except for the rounding of sin, the rounding decides.
            #expect(abs(found - expected) < 3e-6, "\(found), not \(expected)")
        }
    }

    @Test("averaging that begins after the third update gives the mean of the parameters from there on")
    func mean() throws {
        let sample = OptimizerCase()
        var settings = TrainingSettings()
        (settings.optimizer, settings.weightDecay, settings.patience) = ("nt-asgd", 0.1, 1)
        let optimizer = try OptimizerRegistry().make(sample.layout, settings)
        for step in 1...6 {
            sample.update(optimizer, scale: 1)
            // Three losses, the third above the first: two are older than the patience of one asks for.
            if step <= 3 { optimizer.validated([2, 1, 3][step - 1], parameters: sample.parameters) }
            #expect((optimizer.average != nil) == (step >= 3))
        }
        let average = try #require(optimizer.average)
        let expected = [0.9777114, 0.4906589, 1.0642194, 0.7337236, -0.225, -0.7386301, 1.2577434]
        for (found, expected) in zip(sample.picked(average), expected) {
            #expect(abs(found - expected) < 2e-6, "\(found), not \(expected)")
        }
    }
}
