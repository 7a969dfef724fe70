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
