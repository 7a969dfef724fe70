internal import Runic
internal import RunicEvaluation
internal import RunicDisplay

/// The output of `runic quantize`.
struct QuantizationReport: Encodable {
    /// The archive that was written.
    let path: String
    /// Element type of the source's matrices.
    let sourcePrecision: Precision
    /// Element type of the new matrices.
    let precision: Precision
    /// Size of the source's file in bytes.
    let sourceBytes: Int
    /// Size of the new file in bytes.
    let bytes: Int
    /// ``bytes`` over ``sourceBytes``.
    let ratio: Double
    /// The measured losses; nil if none were.
    let check: QuantizationNote.Check?

    init(path: String, source: Precision, note: QuantizationNote, sourceBytes: Int, bytes: Int) {
        self.path = path
        sourcePrecision = source
        precision = note.precision
        check = note.check
        self.sourceBytes = sourceBytes
        self.bytes = bytes
        ratio = Double(bytes) / Double(max(1, sourceBytes))
    }

    /// The report as text: a table, then the path of the archive.
    var rendered: String {
        var table = TextTable(alignments: [.left, .right, .right, .left])
        table.add(["", sourcePrecision.rawValue, precision.rawValue])
        table.add(["bytes", "\(sourceBytes)", "\(bytes)", "\(NumberFormat.fixed(ratio, 3)) of the size"])
        if let check {
            table.add([
                "nats per symbol", NumberFormat.nats(check.sourceNatsPerSymbol), NumberFormat.nats(check.natsPerSymbol),
                "\(NumberFormat.change(check.difference)) on \(check.symbols) symbols"
                    + (check.unknown.map { ", \($0)" } ?? ""),
            ])
        }
        return table.text + path + "\n"
    }

    private enum CodingKeys: String, CodingKey {
        case path, precision, bytes, ratio, check
        case sourcePrecision = "source_precision"
        case sourceBytes = "source_bytes"
    }
}
