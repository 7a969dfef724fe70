import CRunicICULoop
import Foundation
import Runic

/// The table of encoding speed, from file to file, compared with a plain loop over ICU in memory.
struct TextSection {
    let plan: MeasuringPlan
    /// The texts: files, or folders of them.
    let texts: [String]

    private static let scalingGoal = 1.8

    private struct PeerLine: Decodable {
        let seconds: Double
        let bytes: Int
    }

    func measure(into report: inout Report) throws {
        guard !texts.isEmpty else {
            Console.note("no text: name files or folders with --texts")
            return
        }
        report.begin(
            Table(
                "Text to ids",
                explanation:
                    "MB of UTF-8 per second, texts repeated to about 48 MB. Runic goes from a file to a file of ids, "
                    + "vocabulary and SHA-256 included. The loop over ICU decodes, normalises (NFC) and finds grapheme breaks "
                    + "in memory, on one core, and stores nothing. Medians of \(plan.rounds) rounds. "
                    + OtherPrograms.explanation,
                labels: ["text"]))
        for file in try TextSource(paths: texts).files where plan.includes(file.path) {
            try measure(TextCase(path: file.path, quick: plan.quick), original: file.path, into: &report)
        }
    }

    private func measure(_ text: TextCase, original: String, into report: inout Report) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "runic-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("text").path
        try text.bytes.write(to: URL(fileURLWithPath: path))
        let source = try TextSource(paths: [path])

        let others = OtherPrograms()
        var rates: [Int: [Double]] = [:], loops: [Double] = []
        for round in 1...plan.rounds {
            Console.note("text \(text.name), round \(round) of \(plan.rounds)")
            for threads in plan.threadCounts {
                let encoder = CorpusEncoder(pipeline: try TextPipeline(), threads: threads, folder: folder.path)
                let seconds = try Self.seconds { _ = try encoder.encode(source) }
                rates[threads, default: []].append(Double(text.bytes.count) / seconds * 1e-6)
            }
            let bytes = Array(text.bytes)
            let seconds = Self.seconds { unsafe _ = runic_icu_loop(bytes, bytes.count) }
            loops.append(Double(bytes.count) / seconds * 1e-6)
        }
        let peer = plan.peers.run("text_peer.py", [original], as: PeerLine.self, needs: \.tokenizers)
        let peerRates = peer.map { Double($0.bytes) / $0.seconds * 1e-6 }
        let one = rates[1] ?? [], all = rates[plan.threads] ?? []
        report.add(
            [text.name],
            [
                Measurement("1 thread", .megabytesPerSecond, one.median, samples: one),
                Measurement("\(plan.threads) threads", .megabytesPerSecond, all.median, samples: all),
                Measurement(
                    "ratio", .ratio, all.median / one.median, goal: plan.threads == 2 ? .atLeast(Self.scalingGoal) : nil
                ),
                Measurement("ICU loop", .megabytesPerSecond, loops.median, samples: loops),
                Measurement("1 thread / loop", .ratio, one.median / loops.median, goal: .atLeast(text.goal)),
                Measurement("tokenizers", .megabytesPerSecond, peerRates.median, samples: peerRates),
                others.column,
            ])
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        return try clock.measure(body) / .seconds(1)
    }
}
