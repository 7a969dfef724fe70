import Foundation

/// What other programs take of the machine while something is measured: figures beside a large share are worth little.
struct OtherPrograms {
    /// What a table with this column says of it.
    static let explanation = "Others: what other programs took of the cores' time meanwhile."

    private let began = Self.times()

    /// What a table without it says at its head.
    var sentence: String {
        share.map { "Other programs took \(Unit.share.text(100 * $0)) of the cores' time meanwhile." } ?? ""
    }

    /// The column, for what passed since this was made.
    var column: Measurement { Measurement("others", .share, share.map { 100 * $0 }) }

    /// The share of all cores' time; nil where the system does not tell.
    private var share: Double? {
        guard let began, let now = Self.times(), now.all > began.all else { return nil }
        return max((now.busy - began.busy) - (now.own - began.own), 0) / (now.all - began.all)
    }

    /// Ticks since the start of the system: of all cores, those not idle, and those of this process and of its children
    /// that ended.
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
