internal import Foundation
internal import RunicDisplay
internal import RunicPage
internal import RunicText

/// The charts of a report.
struct InspectionPlots {
    private let report: InspectionReport

    init(_ report: InspectionReport) { self.report = report }

    /// The charts for which the report has data.
    var all: [LinePlot] { [frequencies, entropy, lengths, places].compactMap(\.self) }

    /// How often the symbol of each rank occurs.
    var frequencies: LinePlot? {
        let counts = report.frequencies
        guard counts.count > 1, let most = counts.first, most > 1 else { return nil }
        var plot = LinePlot(
            "How often symbols occur",
            x: LinePlot.Axis("rank of the symbol", .logarithmic, 1...Double(counts.count)),
            y: LinePlot.Axis("occurrences", .logarithmic, 0.7...Double(most) * 1.5))
        plot.lines = [
            LinePlot.Line(
                title: "\(counts.count.grouped) different symbols", color: 0, dash: 0,
                points: counts.enumerated().map { (Double($0.offset + 1), Double($0.element)) })
        ]
        plot.note = "Symbols by rank, the most frequent first. A model learns little about those at the right."
        return plot
    }

    /// The entropy by order, and the loss in validation.
    var entropy: LinePlot? {
        guard let analysis = report.analysis, analysis.entropy.orders.count > 1 else { return nil }
        let own = analysis.entropy.orders.map { (x: Double($0.order), y: $0.bits) }
        let held = (analysis.heldOut?.bits ?? []).enumerated().map { (x: Double($0.offset), y: $0.element) }
        let highest = (own + held).map(\.y).max() ?? 1
        var plot = LinePlot(
            "How well the symbols before predict the next",
            x: LinePlot.Axis("known symbols", .linear, 0...Double(own.count - 1)),
            y: LinePlot.Axis("bits per symbol", .linear, 0...max(highest * 1.05, 0.1)))
        plot.lines = [LinePlot.Line(title: "entropy of the text's own frequencies", color: 0, dash: 0, points: own)]
        if let heldOut = analysis.heldOut {
            plot.lines.append(
                LinePlot.Line(title: "n-gram model of training, in validation", color: 1, dash: 0, points: held))
            plot.levels = [(heldOut.best.bits, "a model should beat this")]
        }
        plot.note =
            "The more symbols before the next are known, the less it surprises. In validation the curve rises again where "
            + "the text is too short to have seen most contexts."
        return plot
    }

    /// The histogram of line lengths.
    var lengths: LinePlot? {
        guard let lengths = report.analysis?.lineLengths, let first = lengths.bins.first, let last = lengths.bins.last
        else {
            return nil
        }
        let most = lengths.bins.map(\.lines).max() ?? 1
        let end = Double(last.from) * 2
        var points = (first.from.trailingZeroBitCount...last.from.trailingZeroBitCount).map { exponent in
            let bin = lengths.bins.first { $0.from == 1 << exponent }
            return (x: Double(1 << exponent), y: Double(bin?.lines ?? 0))
        }
        points.append((end, 0))
        var plot = LinePlot(
            "How long lines are",
            x: LinePlot.Axis("symbols of the line", .logarithmic, Double(first.from)...end),
            y: LinePlot.Axis("lines", .linear, 0...Double(most) * 1.05))
        plot.lines = [
            LinePlot.Line(
                title: "\(lengths.lines.grouped) lines that are not empty", color: 2, dash: 0, points: points,
                isSteps: true)
        ]
        plot.note = "Each step is twice as wide as the one before. Very long lines are often not prose."
        return plot
    }

    /// Where trouble is.
    var places: LinePlot? {
        guard !report.places.counts.isEmpty else { return nil }
        let end = max(Double(report.text.bytes), Double(report.places.counts.count * report.places.width))
        let joined = max(1, Int((end / Double(report.places.width) / 128).rounded(.up)))
        let width = Double(report.places.width * joined)
        let counts = (0..<Int((end / width).rounded(.up))).map { step in
            report.places.counts.dropFirst(step * joined).prefix(joined).reduce(0, +)
        }
        let most = counts.max() ?? 1
        var points = counts.enumerated().map { (x: Double($0.offset) * width, y: Double($0.element)) }
        points.append((Double(counts.count) * width, 0))
        var plot = LinePlot(
            "Where trouble is",
            x: LinePlot.Axis("byte of all files", .linear, 0...max(end, 1)),
            y: LinePlot.Axis("places", .linear, 0...Double(most) * 1.05))
        plot.lines = [
            LinePlot.Line(
                title: "invalid bytes, controls, mojibake, not NFC", color: 3, dash: 0, points: points, isSteps: true)
        ]
        plot.note = "Trouble in one place is often one bad file; trouble everywhere is often a wrong encoding."
        return plot
    }
}
