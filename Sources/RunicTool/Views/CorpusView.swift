internal import Foundation
internal import Runic
internal import RunicCorpora
internal import RunicDisplay

/// Progress of a download on standard error: one live line on a terminal, plain lines elsewhere.
final class CorpusView {
    private let live = LiveLine()
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var first: Int?
    private var said: ContinuousClock.Instant

    /// The shortest time between two plain lines, so that a log stays short.
    private static let silence = Duration.seconds(5)

    init() {
        start = clock.now
        said = start
    }

    /// Shows a step of the download.
    func show(_ progress: CorpusProgress) {
        switch progress {
        case .received(let count, let total): received(count, total)
        case .unpacked(let count, let total):
            live.show(isLast: count == total, text: { "unpacking  \(Self.percent(count, total))" })
        case .checking: live.show(isLast: true, text: { "checking the SHA-256" })
        case .resumes(let offset): note("continuing from byte \(offset)")
        case .startsAnew: note("the file on the server has changed or cannot be continued; starting again")
        case .waits(let seconds, let reason): note("\(reason); trying again in \(Int(seconds.rounded(.up))) s")
        }
    }

    /// Removes the live line.
    func end() { live.clear() }

    private func received(_ count: Int, _ total: Int?) {
        let first = first ?? count
        self.first = first
        guard live.isLive else {
            guard clock.now - said > Self.silence else { return }
            said = clock.now
            return Console.note(total.map { Self.percent(count, $0) } ?? "\(NumberFormat.count(Double(count))) bytes")
        }
        live.show(isLast: count == total) {
            let seconds = (clock.now - start) / .seconds(1)
            let speed = seconds > 0 ? Double(count - first) / seconds : 0
            var line = StatusLine(
                total.map { Self.percent(count, $0) } ?? "\(NumberFormat.count(Double(count))) bytes")
            line.add("\(NumberFormat.count(speed)) bytes/s", rank: 2)
            if let total, speed > 0 {
                line.add("\(NumberFormat.duration(Double(total - count) / speed)) left", rank: 1)
            }
            return line
        }
    }

    private func note(_ text: String) {
        live.clear()
        Console.note(text)
    }

    private static func percent(_ count: Int, _ total: Int) -> String {
        let fraction = total > 0 ? Double(count) / Double(total) : 1
        return
            "\(NumberFormat.count(Double(count))) of \(NumberFormat.count(Double(total))) bytes  \(NumberFormat.fixed(fraction * 100, 1)) %"
    }
}
