import ArgumentParser
import Foundation
import Runic
import RunicModel

@main
struct RunicBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runic-benchmark", abstract: "Measure Runic beside what users would pick instead.",
        subcommands: [TrainingBenchmark.self])
}

/// Whole training steps, ours and PyTorch's in turn, medians and ratios.
struct TrainingBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Training steps: symbols per second, ours and PyTorch's in turn.")

    @Option(help: "A Python that has torch; without it only ours is measured.") var python: String?
    @Option(help: "The peer's script.") var script = "Benchmarks/Peers/pytorch_train.py"
    @Option(help: "Worker threads of both.") var threads = 2
    @Option(help: "Rounds: each runs ours, then theirs.") var rounds = 3
    @Option(help: "Counted steps of a round.") var steps = 5
    @Option(help: "Only cases whose name contains this.") var only = ""

    /// The models of the tables in docs/PERFORMANCE.md.
    private static let cases: [(cell: String, layers: Int, hidden: Int, batch: Int, sequence: Int)] = [
        ("lstm", 2, 128, 50, 50), ("lstm", 2, 512, 64, 128), ("gru", 2, 512, 64, 128), ("lstm", 3, 1024, 64, 100),
    ]

    func validate() throws {
        guard rounds > 0 && steps > 0 && threads > 0 else {
            throw ValidationError("--rounds, --steps and --threads must be 1 or more")
        }
    }

    func run() throws {
        show("\(RunicMachine.instructionSet), oneDNN \(RunicMachine.productLibraryVersion), \(threads) threads")
        show("| model, batch × sequence | precision | Runic symbols/s | PyTorch symbols/s | ratio | GFLOP/s |")
        show("| --- | --- | ---: | ---: | ---: | ---: |")
        for (cell, layers, hidden, batch, sequence) in Self.cases {
            for precision in ["f32", "bf16"] {
                let name = "\(cell) \(layers)×\(hidden), \(batch)×\(sequence)"
                guard only.isEmpty || "\(name) \(precision)".contains(only) else { continue }
                var ours: [Double] = [], theirs: [Double] = [], multiplyAdds = 0.0
                for _ in 0..<rounds {
                    var settings = TrainingSettings()
                    (settings.batch, settings.sequence) = (batch, sequence)
                    (settings.precision, settings.threads) = (precision, threads)
                    let speed = try TrainingSpeed.measure(
                        ModelConfiguration(
                            cell: cell, vocabularySize: 65, embeddingSize: hidden, hiddenSize: hidden, layers: layers),
                        settings: settings, steps: steps)
                    ours += speed.stepSeconds
                    multiplyAdds = speed.multiplyAddsPerStep
                    theirs += try peer(
                        [
                            "--cell", cell, "--layers", "\(layers)", "--hidden", "\(hidden)", "--batch", "\(batch)",
                            "--sequence", "\(sequence)", "--threads", "\(threads)", "--steps", "\(steps)",
                        ] + (precision == "bf16" ? ["--bf16"] : []))
                }
                let symbols = Double(batch * sequence)
                let mine = median(ours), other = median(theirs)
                show(
                    "| \(name) | \(precision) | \(Int(symbols / mine)) | \(other.isNaN ? "-" : "\(Int(symbols / other))") "
                        + "| \(Figures.fixed(other / mine, 2)) | \(Int(2 * multiplyAdds / mine / 1e9)) |")
            }
        }
    }

    /// A line at once: the cases take minutes.
    private func show(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func peer(_ arguments: [String]) throws -> [Double] {
        guard let python else { return [] }
        let process = Process(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script] + arguments
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ValidationError("the peer failed: \(script)") }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { Double($0) }
    }

    private func median(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.sorted()[values.count / 2]
    }
}
