internal import ArgumentParser

/// A time on the command line: `90s`, `10m`, `1.5h`, or seconds without a letter.
struct DurationArgument: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        let number = unit == nil ? argument[...] : argument.dropLast()
        guard let value = Double(number), value.isFinite, value > 0 else { return nil }
        seconds = value * (unit ?? 1)
    }
}

/// Three shares on the command line: `0.9,0.05,0.05`.
struct SplitArgument: ExpressibleByArgument {
    let shares: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.count == 3 else { return nil }
        let shares = parts.compactMap(\.self)
        guard shares.count == 3 else { return nil }
        self.shares = shares
    }
}
