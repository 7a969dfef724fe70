/// Extracts columns of a table, or values of JSON, as the text.
///
/// Options:
/// - `format=csv` (RFC 4180: quotes around a field, two for one within; a quote elsewhere is a quote), `tsv` (no quotes), `jsonl`
///   (one JSON value in each line) or `json` (one value: if it is an array, each element is a record).
/// - `column=`, for tables: names of the header or numbers from 1, joined by `+`, in the order of the result.
/// - `header=true` or `false`: whether the first record of a table has the names.
/// - `separator=BYTE` between the fields of a table, such as `;`; default: a comma (csv) or a tab (tsv). `quotes=true` or `false`:
///   whether quotes protect a field; default: in csv.
/// - `rows=`: what happens to a record of a table that has more or fewer fields than the first one: it is an error (`strict`),
///   left out (`skip`), or its missing values are empty and further ones are left out (`pad`). New pipelines have `strict`;
///   without the option, as in version 0.1.0, a missing value is an error, and further ones are left out.
/// - `key=`, for JSON: keys separated by dots, `*` for every key, quotes around a key with dots in it, `[]` for every element of an
///   array, such as `turns[].utterance`; several joined by `+` give their values in the order of the file. Strings are unescaped (a
///   lone surrogate becomes U+FFFD), numbers of any size and booleans are kept as written, null and missing values give nothing; an
///   object or array is an error. All values of a key that is repeated in its object are taken: no value is held until the object
///   ends. A remark counts lone surrogates and repeated keys.
/// - `parts=KEY`, for JSON: where a value is an array, its strings and the `KEY` of its objects are one text.
/// - `record=`, for JSON: the path of the records, such as `messages[]`.
/// - `missing=error` or `skip`, for JSON: what happens if nothing is at one of the paths in a whole file. New pipelines have
///   `error`.
/// - `join=TEXT` between the values of a record, `end=TEXT` after each record that has one; default: a line feed each.
///
/// Empty lines are skipped. A malformed record is an error, with its number and its offset in the input of the stage, in bytes.
/// Text in memory, such as a prompt, is not a file of records: it is unchanged.
/// Memory holds a chunk and, of a table, one record of at most 16 MiB.
enum FieldsStage {
    enum Format: String, CaseIterable { case csv, tsv, jsonl, json }
    enum MissingRule: String, CaseIterable { case error, skip }

    static let name = "fields"
    private static let known = [
        "format", "column", "header", "separator", "quotes", "rows", "key", "parts", "record", "missing", "join", "end",
    ]
    private static let tableOptions = ["column", "header", "separator", "quotes", "rows"]
    private static let jsonOptions = ["key", "parts", "record", "missing"]

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: name, options: options, known: known)
        let format = try options.choice("format", default: Format.csv)
        switch format {
        case .csv, .tsv:
            let table = try table(options, isCSV: format == .csv, context)
            if context.isInMemory { return PassingStage() }
            guard context.acceptsPlainText else { return table }
            return AdaptingStage(
                table, kind: "\(format.rawValue) with \(options.text("column") ?? "")",
                begins: { table.begins($0, isFinal: $1) })
        case .jsonl, .json:
            let json = try json(options, hasLines: format == .jsonl, context)
            if context.isInMemory { return PassingStage() }
            guard context.acceptsPlainText else { return json }
            return AdaptingStage(
                json, kind: format.rawValue, begins: { JSONFields.begins($0, hasLines: format == .jsonl, isFinal: $1) })
        }
    }

    /// What new pipelines have, so that nothing is lost in silence.
    @Sendable static func current(_ options: [String: String]) -> [String: String] {
        switch options["format"].flatMap(Format.init) ?? .csv {
        case .csv, .tsv: ["rows": DelimitedFields.RowRule.strict.rawValue]
        case .json, .jsonl: ["missing": MissingRule.error.rawValue]
        }
    }

    private static func table(
        _ options: StageOptions, isCSV: Bool, _ context: StageContext
    ) throws(TextError) -> DelimitedFields {
        try refuse(jsonOptions, options, with: "format=json or format=jsonl")
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
        let separator = try options.text("separator", default: isCSV ? "," : "\t")
        guard separator.count == 1, separator[0] < 0x80, ![0x0A, 0x0D, UInt8(ascii: "\"")].contains(separator[0]) else {
            throw options.refusal(of: "separator", expected: #"one character of ASCII, such as ;, | or \t"#)
        }
        let rows =
            options.text("rows") == nil ? nil : try options.choice("rows", default: DelimitedFields.RowRule.strict)
        return DelimitedFields(
            columns: columns, hasHeader: header, hasQuotes: try options.flag("quotes", default: isCSV),
            delimiter: separator[0], rows: rows, join: try options.text("join", default: "\n"),
            end: try options.text("end", default: "\n"), path: context.path)
    }

    private static func json(
        _ options: StageOptions, hasLines: Bool, _ context: StageContext
    ) throws(TextError) -> JSONFields {
        try refuse(tableOptions, options, with: "format=csv or format=tsv")
        let key = options.text("key") ?? ""
        guard !key.isEmpty, let tree = JSONPathTree(key) else {
            throw .stageOption(
                stage: name, option: "key", value: key,
                expected: #"keys such as text, turns[].utterance, *.text or "a.b", or several joined by +"#)
        }
        var whole = tree
        if let record = options.text("record") {
            guard let found = JSONPathTree(key, record: record) else {
                throw options.refusal(of: "record", expected: "the path of the records, such as messages[]")
            }
            whole = found
        }
        let missing = try options.choice("missing", default: MissingRule.skip)
        return JSONFields(
            tree: whole, key: key, parts: options.text("parts").map { Array($0.utf8) }, needsAll: missing == .error,
            hasLines: hasLines, join: try options.text("join", default: "\n"),
            end: try options.text("end", default: "\n"), path: context.path)
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
    /// `fields`: `format=csv|tsv|jsonl|json` and what belongs to it, `join=TEXT`, `end=TEXT`.
    public static let fields = StageDefinition(
        name: FieldsStage.name, textOptions: ["join", "end"], isContainer: { _ in true }, current: FieldsStage.current,
        make: FieldsStage.make,
        summary: "columns or JSON values; format=csv, tsv, jsonl or json; column=NAME or NUMBER, several joined by +; "
            + "header=true or false; separator=BYTE; quotes=true or false; rows=strict, skip or pad (records with more or "
            + #"fewer fields); key=a.b[].c, several joined by + (* is any key, "a.b" one with a dot); parts=KEY (lists of "#
            + "texts); record=PATH; missing=error or skip; join=TEXT between values, end=TEXT after a record")
}
