import Runic

/// What a figure counts, and with how many digits it is shown.
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
        case .ratio: Figures.fixed(value, 2)
        case .milliseconds: Figures.fixed(value, 1)
        case .megabytesPerSecond: Figures.fixed(value, 0)
        case .share: Figures.fixed(value, 0) + " %"
        default: Figures.fixed(value, value < 100 ? 1 : 0)
        }
    }
}
