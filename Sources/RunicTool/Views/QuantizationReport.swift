internal import Runic
internal import RunicEvaluation
internal import RunicDisplay

/// What `runic quantize` prints.
struct QuantizationReport: Encodable {
    /// The archive that was written.
    let path: String
    /// What the matrices were in.
    let sourcePrecision: Precision
    /// What they are in.
    let precision: Precision
    /// The sizes of the two files in bytes.
    let sourceBytes: Int
    let bytes: Int
    /// The second size over the first.
    let ratio: Double
    /// What was measured; nil where nothing was.
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

    /// A table, and the path of the archive.
    var rendered: String {
        var table = TextTable(alignments: [.left, .right, .right, .left])
        table.add(["", sourcePrecision.rawValue, precision.rawValue])
        table.add(["bytes", "\(sourceBytes)", "\(bytes)", "\(NumberFormat.fixed(ratio, 3)) of the size"])
        if let check {
            table.add([
                "nats per symbol", NumberFormat.nats(check.sourceNatsPerSymbol), NumberFormat.nats(check.natsPerSymbol),
                "\(NumberFormat.change(check.difference)) on \(check.symbols) symbols",
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
