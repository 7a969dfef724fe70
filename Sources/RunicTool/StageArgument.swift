internal import ArgumentParser
internal import Runic

/// A stage as it is written on the command line: `quotes`, or `quotes:to=curly,unclosed=stop`.
enum StageArgument {
    /// The stage; a comma in a value is written `\,`, and a backslash `\\`.
    ///
    /// - Throws: `ValidationError` for anything else.
    @Sendable static func stage(_ argument: String) throws -> StageDescription {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var description = StageDescription(name: String(parts[0]))
        guard !description.name.isEmpty else { throw ValidationError("--stage '\(argument)' names no stage") }
        guard parts.count == 2 else { return description }
        for option in options(parts[1]) {
            let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, !pair[0].isEmpty else {
                throw ValidationError(
                    "--stage '\(argument)': '\(option)' is no option; write \(description.name):option=value,option=value"
                )
            }
            guard description.options.updateValue(pair[1], forKey: pair[0]) == nil else {
                throw ValidationError("--stage '\(argument)' gives the option \(pair[0]) twice")
            }
        }
        return description
    }

    /// The parts between commas, without their escapes.
    private static func options(_ text: Substring) -> [String] {
        var options = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "," where !isEscaped: options.append("")
            default: options[options.count - 1].unicodeScalars.append(scalar)
            }
            isEscaped = false
        }
        return options
    }
}
