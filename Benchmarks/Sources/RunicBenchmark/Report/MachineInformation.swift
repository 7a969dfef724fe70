import Foundation
import Runic
internal import RunicDisplay

/// The machine and the versions that the figures were measured with.
struct MachineInformation: Encodable {
    /// One line of the table.
    struct Fact: Encodable {
        let name: String
        let value: String
    }

    let facts: [Fact]

    init(peers: Peers.Versions?) {
        let process = ProcessInfo.processInfo
        facts = [
            Fact(name: "processor", value: Self.processorName ?? "-"),
            Fact(name: "cores", value: "\(process.activeProcessorCount)"),
            Fact(name: "memory", value: NumberFormat.fixed(Double(process.physicalMemory) / 1_073_741_824, 0) + " GiB"),
            Fact(name: "instruction set", value: RunicMachine.instructionSet),
            Fact(name: "system", value: process.operatingSystemVersionString),
            Fact(name: "oneDNN", value: RunicMachine.productLibraryVersion),
            Fact(name: "Swift", value: Self.swiftVersion ?? "-"),
            Fact(name: "Python", value: peers?.python ?? "-"),
            Fact(name: "PyTorch", value: peers?.torch ?? "-"),
            Fact(name: "ONNX Runtime", value: peers?.onnxruntime ?? "-"),
            Fact(name: "date", value: Date().formatted(.iso8601)),
        ]
    }

    private static var processorName: String? {
        #if os(Linux)
            let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            let line = information?.split(separator: "\n").first { $0.hasPrefix("model name") }
            return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
        #else
            let answer = try? ChildProcess(program: "sysctl", arguments: ["-n", "machdep.cpu.brand_string"]).output()
            return answer.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
        #endif
    }

    /// The version line of the compiler on the search path, which is usually the one that built this program.
    private static var swiftVersion: String? {
        guard let answer = try? ChildProcess(program: "swift", arguments: ["--version"]).output() else { return nil }
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }
}
