/// Extracts columns of a table, or values of JSON, as the text.
///
/// Options:
/// - `format=csv` (RFC 4180: quotes around a field, two for one within; a quote elsewhere is a quote), `tsv` (no quotes), `jsonl`
///   (one JSON value in each line) or `json` (one value: if it is an array, each element is a record).
/// - `column=`, for tables: names of the header or numbers from 1, joined by `+`, in the order of the result.
/// - `header=true` or `false`: whether the first record of a table has the names.
/// - `key=`, for JSON: keys separated by dots, `[]` for every element of an array, such as `turns[].utterance`; several joined by `+`
///   give their values in the order of the file. Strings are unescaped (a lone surrogate becomes U+FFFD), numbers and booleans are
///   kept as written, null and missing values give nothing; an object or array is an error.
/// - `join=TEXT` between the values of a record, `end=TEXT` after each record that has one; default: a line feed each.
///
/// Empty lines are skipped. A malformed record is an error, with its number and its offset in the input of the stage, in bytes.
/// Text in memory, such as a prompt, is not a file of records: it is unchanged.
/// Memory holds a chunk and, of a table, one record of at most 16 MiB.
enum FieldsStage {
    enum Format: String, CaseIterable { case csv, tsv, jsonl, json }

    static let name = "fields"

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let known = ["format", "column", "header", "key", "join", "end"]
        let options = try StageOptions(stage: name, options: options, known: known)
        let format = try options.choice("format", default: Format.csv)
        let join = try options.text("join", default: "\n")
        let end = try options.text("end", default: "\n")
        switch format {
        case .csv, .tsv:
            try refuse(["key"], options, with: "format=json or format=jsonl")
            guard let columns = options.list("column"), !columns.contains("") else {
                throw .stageOption(
                    stage: name, option: "column", value: options.options["column"] ?? "",
                    expected: "column=NAME or NUMBER, or several joined by +")
            }
            let header = try options.flag("header", default: true)
            if !header, let column = columns.first(where: { (Int($0) ?? 0) < 1 }) {
                throw .stageOption(
                    stage: name, option: "column", value: column, expected: "numbers from 1 where header=false")
            }
            if context.isInMemory { return PassingStage() }
            return DelimitedFields(
                columns: columns, hasHeader: header, hasQuotes: format == .csv, join: join, end: end, path: context.path
            )
        case .jsonl, .json:
            try refuse(["column", "header"], options, with: "format=csv or format=tsv")
            guard let paths = options.list("key"), let tree = JSONPathTree(paths) else {
                throw .stageOption(
                    stage: name, option: "key", value: options.options["key"] ?? "",
                    expected: "keys such as text or turns[].utterance, or several joined by +")
            }
            if context.isInMemory { return PassingStage() }
            return JSONFields(
                tree: tree, key: options.options["key"] ?? "", hasLines: format == .jsonl, join: join, end: end,
                path: context.path)
        }
    }

    private static func refuse(_ names: [String], _ options: StageOptions, with format: String) throws(TextError) {
        for option in names {
            if let value = options.options[option] {
                throw .stageOption(stage: name, option: option, value: value, expected: "it together with \(format)")
            }
        }
    }
}

extension StageDefinition {
    /// `fields`: `format=csv|tsv|jsonl|json`, `column=`, `header=true|false`, `key=`, `join=TEXT`, `end=TEXT`.
    public static let fields = StageDefinition(
        name: FieldsStage.name, textOptions: ["join", "end"], make: FieldsStage.make,
        summary: "columns or JSON values; format=csv, tsv, jsonl or json; column=NAME or NUMBER, several joined by +; "
            + "header=true or false; key=a.b[].c; join=TEXT between values, end=TEXT after a record")
}
