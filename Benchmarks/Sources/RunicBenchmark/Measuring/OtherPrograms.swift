import Foundation

/// CPU time taken by other programs during a measurement; if it is large, the figures are not reliable.
struct OtherPrograms {
    /// The explanation for a table with this column.
    static let explanation = "Others: fraction of the cores' time that other programs took meanwhile."

    private let began = Self.times()

    /// A sentence for a table without the column.
    var sentence: String {
        fraction.map { "Other programs took \(Unit.share.text(100 * $0)) of the cores' time meanwhile." } ?? ""
    }

    /// The column, for the time since this value was made.
    var column: Measurement { Measurement("others", .share, fraction.map { 100 * $0 }) }

    /// The fraction of all cores' time; nil if the system does not report it.
    private var fraction: Double? {
        guard let began, let now = Self.times(), now.all > began.all else { return nil }
        return max((now.busy - began.busy) - (now.own - began.own), 0) / (now.all - began.all)
    }

    /// Ticks since the system started: of all cores, the busy ones, and those of this process and its finished children.
    private static func times() -> (all: Double, busy: Double, own: Double)? {
        guard let cores = try? String(contentsOfFile: "/proc/stat", encoding: .utf8).split(separator: "\n").first,
            let process = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8)
                .split(separator: ")").last?.split(separator: " ")
        else { return nil }
        // user, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen; guests are in the first two.
        let ticks = cores.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count == 8, process.count > 14 else { return nil }
        let all = ticks.reduce(0, +)
        return (all, all - ticks[3] - ticks[4], process[11...14].compactMap { Double($0) }.reduce(0, +))
    }
}
