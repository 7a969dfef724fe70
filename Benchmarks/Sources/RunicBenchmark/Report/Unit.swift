import Runic
internal import RunicDisplay

/// The unit of a figure, which also decides its number of digits.
enum Unit: String, Encodable {
    case symbolsPerSecond = "symbols/s"
    case billionOperationsPerSecond = "GOP/s"
    case billionBytesPerSecond = "GB/s"
    case megabytesPerSecond = "MB/s"
    case milliseconds = "ms"
    case ratio = "ratio"
    case share = "%"

    func text(_ value: Double) -> String {
        switch self {
        case .ratio: NumberFormat.fixed(value, 2)
        case .milliseconds: NumberFormat.fixed(value, 1)
        case .megabytesPerSecond: NumberFormat.fixed(value, 0)
        case .share: NumberFormat.fixed(value, 0) + " %"
        default: NumberFormat.fixed(value, value < 100 ? 1 : 0)
        }
    }
}
