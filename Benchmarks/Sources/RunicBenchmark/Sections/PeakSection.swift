import Runic
internal import RunicDisplay

/// The table of the machine's peaks.
struct PeakSection {
    let meter: PeakMeter
    let threadCounts: [Int]

    /// Bytes of memory that are read repeatedly: from what fits a core's second-level cache to what fits no cache.
    private static let workingSets = [800_000, 4_000_000, 12_000_000, 24_000_000, 48_000_000, 256_000_000]

    func measure(into report: inout Report) {
        report.begin(
            Table(
                "Peaks",
                explanation:
                    "The best of \(meter.runs) short runs. A multiply-add is two operations; the threads together read "
                    + "the memory, each its own part.",
                labels: ["what", "unit"]))
        for precision in Precision.allCases {
            add("\(precision.rawValue) multiply-adds", .billionOperationsPerSecond, to: &report) {
                meter.operations(precision, threads: $0)
            }
        }
        for bytes in Self.workingSets {
            add("reading \(NumberFormat.fixed(Double(bytes) / 1e6, 1)) MB", .billionBytesPerSecond, to: &report) {
                meter.reading(bytes: bytes, threads: $0)
            }
        }
    }

    private func add(_ label: String, _ unit: Unit, to report: inout Report, measure: (Int) -> Double?) {
        report.add(
            [label, unit.rawValue],
            threadCounts.map { threads in
                Measurement("\(threads) thread\(threads == 1 ? "" : "s")", unit, measure(threads).map { $0 / 1e9 })
            })
    }
}
