import Foundation
import Runic

/// The table of how long the program takes to its first symbol.
struct StartSection {
    let plan: MeasuringPlan
    /// The path of `runic`.
    let program: String

    private static let runs = 11

    func measure(into report: inout Report) throws {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            Console.note(
                "no start: \(program) is no program; build it with swift build -c release, or name it with --runic")
            return
        }
        let configuration = ModelConfiguration(
            cell: "lstm", vocabularySize: 65, embeddingSize: 512, hiddenSize: 512, layers: 2)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "runic-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("random.runic").path
        try RandomArchive.make(configuration).write(to: path)

        let runs = plan.quick ? 3 : Self.runs
        report.begin(
            Table(
                "Start",
                explanation: "From the start of the process to the first byte of output; the file is in the "
                    + "system's memory. Median of \(runs) runs.", labels: ["command", "model"]))
        let command = ChildProcess(program: program, arguments: ["sample", path, "--length", "1"])
        _ = try command.secondsToFirstByte()
        let samples = try (0..<runs).map { _ in try 1000 * command.secondsToFirstByte() }
        report.add(
            ["runic sample MODEL --length 1", "lstm 2×512"],
            [Measurement("first symbol, ms", .milliseconds, samples.median, goal: .atMost(100), samples: samples)])
    }
}
