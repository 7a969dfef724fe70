internal import RunicEvaluation

extension ComparisonReport {
    /// The columns of ``csv``, which has one row per run:
    ///
    /// - `cell`, `layers`, `hidden`, `embedding`, `parameters`, `seed`: the model and its seed;
    /// - `end`: `finished`, `time is up`, `no improvement`, `interrupted` or `diverged`; the first three count in means and differences;
    /// - `steps`, `best_step`, `symbols`: updates done, updates up to the best parameters, symbols trained on;
    /// - `seconds`: training and validation; `symbols_per_second`: validation excluded;
    /// - `validation_nats`, `test_nats`: nats per symbol; `…_perplexity`: its exponential; `…_bits_per_character`;
    /// - `validation_unknown_symbols`, `test_unknown_symbols`: symbols of the part that the vocabulary lacks.
    ///
    /// A figure that is nil is an empty field.
    public static let csvColumns = [
        "cell", "layers", "hidden", "embedding", "parameters", "seed", "end", "steps", "best_step", "symbols",
        "seconds", "symbols_per_second", "validation_nats", "validation_perplexity", "validation_bits_per_character",
        "test_nats", "test_perplexity", "test_bits_per_character", "validation_unknown_symbols", "test_unknown_symbols",
    ]

    /// The runs as comma-separated values (RFC 4180) in full precision, with a header line.
    public var csv: String {
        let rows = runs.map { run in
            [
                run.cell, "\(run.layers)", "\(run.hidden)", "\(run.embedding)", "\(run.parameters)", "\(run.seed)",
                run.end.rawValue, "\(run.steps)", "\(run.bestStep)", "\(run.symbols)", "\(run.seconds)",
            ]
                + [
                    run.symbolsPerSecond, run.validation?.nats, run.validation?.perplexity,
                    run.validation?.bitsPerCharacter, run.test?.nats, run.test?.perplexity, run.test?.bitsPerCharacter,
                ].map { $0.map(\.description) ?? "" }
                + [run.validation, run.test].map { $0.map { "\($0.unknownSymbols)" } ?? "" }
        }
        return ([Self.csvColumns] + rows).map { $0.map(Self.csvField).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A field of a row, quoted if necessary.
    package static func csvField(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
