import RunicTesting
import Testing

@testable import RunicText

@Suite("The stage fields on tables")
struct TableFieldsTests {
    @Test(
        "columns of a table",
        arguments: [
            (["column": "Q"], "Q,A\r\nx,y\r\n\"a,\"\"b\"\"\nc\",z", "x\na,\"b\"\nc\n"),
            (["column": "2"], "Q,A\nx,y\n", "y\n"), (["column": "A+Q", "join": #"\t"#], "Q,A\nx,y\n", "y\tx\n"),
            (
                ["column": "Q+B", "join": " | ", "end": #"\n\n"#], "Q,A,B\nx,\"y,\",\"z\"\"\"\n1,2,3\n",
                "x | z\"\n\n1 | 3\n\n"
            ),
            (["column": "1", "header": "false"], "a,b\n\n\r\nc,d\re,f", "a\nc\ne\n"),
            (["column": "1", "header": "false", "end": ""], "\"\",b\n\"x\",y\n", "x"),
            (["column": "1+2", "header": "false", "format": "tsv"], "a\"b\t\"c\"\td,e\n", "a\"b\n\"c\"\n"),
            (["column": "2", "header": "false"], "a\"b,c\"d\"\n", "c\"d\"\n"), (["column": "a"], "", ""),
            (["column": "2", "header": "false"], "x,\"\u{65E5},\r\n\"\"\"\n", "\u{65E5},\r\n\"\n"),
            (["column": "1+1", "header": "false", "join": "="], "a,\n", "a=a\n"),
            (["column": "3"], "1,2,3\na,b,\n", "\n"),
        ])
    func known(options: [String: String], text: String, expected: String) throws {
        #expect(bytes(try staged("fields", options, text)) == bytes(expected))
    }

    @Test(
        "bad records are named with their place",
        arguments: [
            (["column": "A"], "A,B\nx,\"y\n\nz", "record 2, which begins at byte 4: a quote is not closed"),
            (
                ["column": "A"], "A,B\nx,\"y\"z\n",
                "record 2, which begins at byte 4: something follows a closing quote at byte 9"
            ),
            (
                ["column": "B"], "A,B\n\nx\n",
                "record 2, which begins at byte 5: it has 1 columns, and column 2 is asked for"
            ),
            (["column": "C"], "A,B\n", "record 1, which begins at byte 0: the header has no column 'C'; it has A, B"),
            (
                ["column": "3"], "A,B\n",
                "record 1, which begins at byte 0: the header has 2 columns, and column 3 is asked for"
            ),
        ])
    func bad(options: [String: String], text: String, reason: String) throws {
        let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: "fields"))
        for size in 1...text.utf8.count {
            var stage = try definition.make(options, StageContext(path: "x.csv"))
            #expect(throws: TextError.stageFailed(name: "fields", path: "x.csv", reason: reason)) {
                try run(&stage, chunks(bytes(text), of: size))
            }
        }
    }

    @Test(
        "records with more or fewer fields are errors, left out, or fitted",
        arguments: [
            (
                "skip", "id,text\n1,a,extra\n2\n3,b\n", "b\n",
                "of 3 records, 1 with fewer, 1 with more than 2 fields: left out"
            ),
            (
                "pad", "id,text\n1,a,extra\n2\n3,b\n", "a\n\nb\n",
                "of 3 records, 1 with fewer, 1 with more than 2 fields: missing values are empty, further ones left out"
            ),
        ])
    func rows(rule: String, text: String, expected: String, remark: String) throws {
        let options = ["column": "text", "rows": rule]
        #expect(try staged("fields", options, text) == expected)
        var stage = try StageDefinition.fields.make(options, StageContext(path: "x"))
        _ = try run(&stage, [bytes(text)])
        #expect(stage.remarks == [remark])
    }

    @Test("a name that several columns have is said, and a number names another one")
    func repeatedNames() throws {
        let text = "text,id,text\na,1,b\n"
        for (column, expected, remarks) in [
            ("text", "a\n", ["columns 1, 3 are all named 'text': the first is taken; a number names another"]),
            ("id", "1\n", []),
        ] {
            var stage = try StageDefinition.fields.make(["column": column], StageContext(path: "x"))
            #expect(try run(&stage, [bytes(text)]) == bytes(expected))
            #expect(stage.remarks == remarks)
        }
        #expect(try staged("fields", ["column": "3"], text) == "b\n")
    }

    @Test("a new pipeline loses no field in silence, an older one reads as it did")
    func strict() throws {
        for text in ["id,text\n1,a,extra\n", "id,text\n1\n"] {
            #expect {
                try staged("fields", StageDefinition.fields.current([:]).merging(["column": "id"]) { $1 }, text)
            } throws: { "\($0)".contains("rows=skip leaves such records out") }
        }
        #expect(try staged("fields", ["column": "id"], "id,text\n1,a,extra\n2\n") == "1\n2\n")
    }

    @Test(
        "separators, quotes and a header of numbers",
        arguments: [
            (["column": "Antwort", "separator": ";"], "Frage;Antwort\nWas?;\"Das; ja\"\n", "Das; ja\n"),
            (["column": "2", "separator": "|"], "A|B\nx|y\n", "y\n"),
            (
                ["column": "text", "format": "tsv", "quotes": "true"], "id\ttext\n1\t\"line one\nline two\"\n",
                "line one\nline two\n"
            ),
            (["column": "1", "quotes": "false", "header": "false"], "\"a,b\n", "\"a\n"),
        ])
    func dialects(options: [String: String], text: String, expected: String) throws {
        #expect(try staged("fields", options, text) == expected)
    }

    @Test("a record that is too long is refused, however it is cut")
    func long() {
        let text = bytes("a\n1234567890,b\nc\n")
        for size in 1...text.count {
            var stage = DelimitedFields(
                columns: ["1"], hasHeader: false, hasQuotes: true, join: [], end: [], path: "", longest: 10)
            #expect(throws: TextError.self) { try run(&stage, chunks(text, of: size)) }
        }
    }

    @Test("options that contradict each other or are missing are refused")
    func refusals() {
        for options in [
            [:], ["column": ""], ["column": "A", "key": "b"], ["column": "A", "header": "false"], ["format": "jsonl"],
            ["format": "jsonl", "key": "a", "column": "A"], ["format": "json", "key": "a..b"],
            ["format": "json", "key": "a[1]"],
            ["format": "json", "key": ""], ["column": "A", "separator": ";;"], ["column": "A", "rows": "x"],
            ["format": "json", "key": "a", "separator": ";"], ["format": "json", "key": "\"a"],
            ["column": "A", "join": #"\q"#], ["format": "xml"],
        ] {
            #expect(throws: TextError.self) { try staged("fields", options, "") }
        }
    }

    @Test("a prompt is no table")
    func prompts() throws {
        let description = PipelineDescription(stages: [
            StageDescription(name: "fields", options: ["column": "A"]), StageDescription(name: "segment"),
        ])
        #expect(try TextPipeline(description).transform(bytes("a,\"b")) == bytes("a,\"b"))
    }

    /// What Python's csv module makes of the text: columns 2 and 1, or 1 and 3 in the order of the file.
    private static func program(_ delimiter: String, _ columns: String) -> String {
        """
        import csv, sys
        quoting = csv.QUOTE_MINIMAL if '\(delimiter)' == ',' else csv.QUOTE_NONE
        rows = csv.reader(open(sys.argv[1], encoding='utf-8', newline=''), delimiter='\(delimiter)', quoting=quoting)
        for row in rows:
            if row: sys.stdout.buffer.write(('|'.join(row[k] for k in [\(columns)]) + ';').encode())
        """
    }

    @Test("random tables come out as Python's csv module reads them", arguments: ["csv", "tsv"])
    func peer(format: String) throws {
        var generator = Generator(state: 37)
        let delimiter = format == "csv" ? "," : "\t"
        let plain = ["a", "é", " ", "\u{65E5}", "x\"", ";"]
        let quoted = ["a", "\"\"", delimiter, "\n", "\r\n", "\r", "é", " "]
        var text = ""
        for _ in 0..<400 {
            let fields = (0..<3).map { _ in
                format == "csv" && generator.next(below: 2) == 0
                    ? "\"" + randomText(&generator, quoted, count: 5) + "\""
                    : "p" + randomText(&generator, plain, count: 4)
            }
            text += fields.joined(separator: delimiter) + ["\n", "\r\n", "\r", "\n\n"][generator.next(below: 4)]
        }
        for (columns, indices) in [("2+1", "1,0"), ("1+3", "0,2")] {
            let options = ["format": format, "column": columns, "header": "false", "join": "|", "end": ";"]
            let expected = try python(Self.program(format == "csv" ? "," : "\\t", indices), bytes(text))
            let isAsExpected = bytes(try staged("fields", options, text, isCutEverywhere: false)) == expected
            #expect(isAsExpected)
        }
    }

    @Test("symbols know their bytes")
    func tracing() throws {
        #expect(
            try traced("fields", ["column": "1+3", "header": "false", "join": "/"], "\"a\"\"é\",b,c\nd,e,f")
                == ["a<a", "\"<\"\"", "é<é", "/<\",b,", "c<c", "\n<\n", "d<d", "/<,e,", "f<f", "\n<"])
        #expect(
            try traced("fields", ["column": "2+1", "header": "false", "join": "/"], "a,b\n")
                == ["b<a,b\n", "/<a,b\n", "a<a,b\n", "\n<a,b\n"])
    }
}
