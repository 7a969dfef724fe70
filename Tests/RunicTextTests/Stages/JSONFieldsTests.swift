import RunicTesting
import Testing

@testable import RunicText

@Suite("The stage fields on JSON")
struct JSONFieldsTests {
    @Test(
        "values of JSON",
        arguments: [
            ("jsonl", "a", #"{"a":"x"}"# + "\n\n" + #" {"b":{"a":1},"a" : "y" } "# + "\r\n", "x\ny\n"),
            ("jsonl", "a.b", #"{"a":{"b":"x","c":"no"},"b":"no"}"#, "x\n"),
            ("jsonl", "t[].u", #"{"t":[{"u":"1"},{"v":"no"},{"u":"2"}]}"#, "1/2\n"),
            ("jsonl", "[]", #"["a","b"]"# + "\n[]\n[\"c\"]", "a/b\nc\n"),
            ("jsonl", "a+b.c", #"{"b":{"c":"2"},"a":"1"}"#, "2/1\n"),
            ("json", "[].t[].u", #"[{"t":[{"u":"1"},{"u":"2"}]},{"t":[{"u":"3"}]}]"#, "1/2\n3\n"),
            ("json", "t[].u", #"{"t":[{"u":"1"},{"u":"2"}]}"#, "1/2\n"),
            ("json", "[][]", "[[1,-2.5e+3],[true,null],[],[\"\"]]\n", "1/-2.5e+3\ntrue\n\n"),
            ("jsonl", "a", #"{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}"#, "\"\\/\u{8}\u{C}\n\r\té\u{1F600}\n"),
            (
                "jsonl", "a", #"{"a":"\ud83d!\ude00\ud83d\ud83d\ude00\ud83d\n\ud83d"}"#,
                "\u{FFFD}!\u{FFFD}\u{FFFD}\u{1F600}\u{FFFD}\n\u{FFFD}\n"
            ),
            ("jsonl", "é\n", #"{"\u00e9\n":"x","é":"no","é\nlonger":"no"}"#, "x\n"),
            ("jsonl", "a", #"{"\u0061":"x"}"#, "x\n"),
            ("jsonl", "a", "", ""), ("json", "[]", "[ ]", ""), ("json", "a", "{}", ""),
            ("jsonl", "a", "1\n\"x\"\nnull", ""),
            ("json", "[].a", #"[{"a":"x"},5,{"a":null},{"a":"y"}]"#, "x\ny\n"),
            ("jsonl", "aa", #"{"a":"no","aaa":"no","aa":"yes","\ud83d":"no"}"#, "yes\n"),
        ])
    func known(format: String, key: String, text: String, expected: String) throws {
        let options = ["format": format, "key": key, "join": "/"]
        #expect(bytes(try staged("fields", options, text)) == bytes(expected))
    }

    @Test(
        "invalid JSON, or JSON without the requested values, is named with its place",
        arguments: [
            ("jsonl", "{\"a\":1}\n{\"a\":}", "record 2, byte 13: found '}' instead of a value"),
            ("jsonl", "{\"a\":1}\n{\"b\":\n", "record 2, byte 13: the line ends within a value"),
            ("jsonl", "{\"a\":1} {}", "record 1, byte 8: found '{' instead of the end of the text or line"),
            ("jsonl", "{a:1}", "record 1, byte 1: found 'a' instead of a key in quotes"),
            ("jsonl", "{\"a\" 1}", "record 1, byte 5: found '1' instead of a colon"),
            ("jsonl", "{\"a\":01}", "record 1, byte 5: '01' is not a value; texts need quotes"),
            ("jsonl", "{\"a\":nul", "record 1, byte 5: 'nul' is not a value; texts need quotes"),
            ("jsonl", "{\"a\":\"\\x\"}", "record 1, byte 7: found 'x' instead of the rest of an escape"),
            ("jsonl", "{\"a\":\"\\u00g\"}", "record 1, byte 10: found 'g' instead of the rest of an escape"),
            ("jsonl", "{\"a\":\"\t\"}", "record 1, byte 6: found 0x09 instead of an escape"),
            (
                "jsonl", "{\"a\":[1]}",
                "record 1, byte 5: a is an array, not text; name what is in it, or put lists of texts together with parts=KEY"
            ),
            ("json", "{\"a\":{}}", "record 1, byte 5: a is an object, not text; name what is in it"),
            ("json", "[{},{\"a\":\"x", "record 2, byte 11: the text ends within a value"),
            ("json", "[1,]", "record 2, byte 3: found ']' instead of a value"),
            ("json", "{\"b\":1,}", "record 1, byte 7: found '}' instead of a key in quotes"),
            ("json", "[1}", "record 2, byte 2: found '}' instead of a comma or the end of the array"),
            ("json", "", "record 1, byte 0: the text ends within a value"),
            ("json", "{} 1", "record 2, byte 3: found '1' instead of the end of the text or line"),
        ])
    func bad(format: String, text: String, reason: String) throws {
        let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: "fields"))
        for size in 1...max(text.utf8.count, 1) {
            var stage = try definition.make(["format": format, "key": "a"], StageContext(path: "x"))
            #expect(throws: TextError.stageFailed(name: "fields", path: "x", reason: reason)) {
                try run(&stage, chunks(bytes(text), of: size))
            }
        }
    }

    @Test(
        "any key, keys with dots, records and lists of texts",
        arguments: [
            (
                ["key": "*.content[].message"],
                #"{"t_1":{"content":[{"message":"a"},{"message":"b"}]},"t_2":{"content":[{"message":"c"}]}}"#,
                "a\nb\nc\n"
            ),
            (
                ["key": "*.content[].message", "record": "*"],
                #"{"t_1":{"content":[{"message":"a"},{"message":"b"}]},"t_2":{"content":[{"message":"c"}]}}"#,
                "a\nb\n--c\n--"
            ),
            (["key": #""a.b""#], #"{"a.b":"1","a":{"b":"2"}}"#, "1\n"),
            (["key": #""x+y".z+w"#], #"{"x+y":{"z":"1"},"w":"2"}"#, "1\n2\n"),
            (
                ["key": "messages[].text", "parts": "text", "record": "messages[]"],
                #"{"name":"n","messages":[{"text":"one"},{"text":["see ",{"type":"bold","text":"this"}," now"]},{"text":""}]}"#,
                "one\n--see this now\n--\n--"
            ),
            (
                ["key": "m[].from+m[].text", "parts": "text", "record": "m[]"],
                #"{"m":[{"from":"A","text":["x","y"]}]}"#, "A\nxy\n--"
            ),
            (["key": "a+a[].b"], #"{"a":[{"b":"1"},{"b":"2"}]}"#, "1\n2\n"),
        ])
    func paths(options: [String: String], text: String, expected: String) throws {
        var options = options.merging(["format": "json"]) { $1 }
        if options["record"] != nil { options["end"] = "\n--" }
        #expect(try staged("fields", options, text) == expected)
    }

    @Test(
        "a path at which nothing is in the file is an error that names those that have texts, unless missing=skip",
        arguments: [
            ("text", #"{"name":"x","messages":[{"id":1}]}"#, "nothing is at text; texts are at name, messages[].id"),
            ("name+text", #"{"name":"x","a.b":true}"#, #"nothing is at text; texts are at name, "a.b""#),
        ])
    func missing(key: String, text: String, reason: String) throws {
        #expect {
            try staged("fields", ["format": "json", "key": key, "missing": "error"], text)
        } throws: { "\($0)".contains(reason) }
        _ = try staged("fields", ["format": "json", "key": key], text)
        #expect(StageDefinition.fields.current(["format": "json"]) == ["missing": "error"])
        #expect(try staged("fields", ["format": "jsonl", "key": key, "missing": "error"], "\n") == "")
    }

    @Test("records without the value are remarked upon")
    func remarks() throws {
        let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: "fields"))
        var stage = try definition.make(["format": "jsonl", "key": "a.b"], StageContext(path: "x"))
        _ = try run(&stage, [bytes("{}\n{\"a\":{\"b\":1}}\n{\"a\":1}")])
        #expect(stage.remarks == ["2 of 3 records have no value at a.b"])
    }

    @Test(
        "lone surrogates and keys that an object repeats are counted",
        arguments: [
            (
                "a", #"{"a":"x\ud83d!\ude00 \ufffd \ud83d\ude00","b":"\ud800"}"#,
                "2 lone surrogates are no character and became U+FFFD"
            ),
            ("a", #"{"a":"\ud800"}"#, "1 lone surrogate is no character and became U+FFFD"),
            (
                "a+b.c", #"{"a":"1","b":{"c":"2","c":"3"},"a":"4","d":0,"d":0}"#,
                "2 keys are repeated in an object: all values are taken, where other programs take the last"
            ),
            (
                "[].a", #"[{"a":"1","\u0061":"2"},{"a":"3"}]"#,
                "1 key is repeated in an object: all values are taken, where other programs take the last"
            ),
            ("*.a", #"{"x":{"a":"1"},"y":{"a":"2"}}"#, nil), ("a", #"{"b":1,"b":2,"a":1e999999,"\ud800":1}"#, nil),
        ])
    func losses(key: String, text: String, remark: String?) throws {
        let definition = try StageRegistry.builtIn.definition(for: StageDescription(name: "fields"))
        for size in [1, 3, 1_000] {
            var stage = try definition.make(["format": "json", "key": key], StageContext(path: "x"))
            let found = try run(&stage, chunks(bytes(text), of: size))
            #expect(stage.remarks == [remark].compactMap(\.self))
            if key == "a+b.c" { #expect(found == bytes("1\n2\n3\n4\n")) }
        }
    }

    @Test("depth and numbers have a limit")
    func limits() throws {
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try staged("fields", ["format": "json", "key": "a"], deep, isCutEverywhere: false) == "")
        #expect(throws: TextError.self) { try staged("fields", ["format": "json", "key": "a"], "[" + deep + "]") }
        let number = String(repeating: "1", count: 1025)
        #expect(throws: TextError.self) { try staged("fields", ["format": "json", "key": "a"], number) }
    }

    /// Python's json module: the texts and numbers at `t[].u`, a line for each.
    private static let program = """
        import json, sys
        out = []
        for line in open(sys.argv[1], encoding='utf-8', newline='\\n'):
            record = json.loads(line, parse_int=str, parse_float=str)
            values = [turn['u'] for turn in record['t'] if turn.get('u') is not None]
            if values: out.append('|'.join(values) + ';')
        sys.stdout.buffer.write(''.join(out).encode('utf-8', 'surrogatepass'))
        """

    @Test("random records come out as Python's json module reads them")
    func peer() throws {
        var generator = Generator(state: 41)
        let parts = [
            "a", "é", "\u{1F600}", #"\n"#, #"\""#, #"\\"#, #"\u65e5"#, #"\ud83d\ude00"#, #"\/"#, "{", "]", ",",
            #"\u0000"#, ":",
        ]
        var text = ""
        for _ in 0..<300 {
            let turns = (0..<generator.next(below: 4)).map { _ in
                let value = ["\"" + randomText(&generator, parts, count: 6) + "\"", "-0.5e-7", "12", "null"][
                    generator.next(below: 4)]
                let other = "\"" + randomText(&generator, parts, count: 6) + "\""
                return generator.next(below: 2) == 0
                    ? "{\"u\":\(value),\"v\":{\"u\":\(other)}}"
                    : "{ \(other) : [[\(other)], false] , \"u\" : \(value) }"
            }
            text +=
                "{\"x\":[{\"u\":\"no\"}],\"t\":[\(turns.joined(separator: " , "))]}"
                + ["\n", "\r\n"][generator.next(below: 2)]
        }
        let expected = try python(Self.program, bytes(text))
        let lines = bytes(
            try staged(
                "fields", ["format": "jsonl", "key": "t[].u", "join": "|", "end": ";"], text, isCutEverywhere: false))
        #expect(lines == expected)
        let array = "[\n" + text.split(whereSeparator: \.isNewline).joined(separator: ",\n") + "]\n"
        let whole = bytes(
            try staged(
                "fields", ["format": "json", "key": "[].t[].u", "join": "|", "end": ";"], array, isCutEverywhere: false)
        )
        #expect(whole == expected)
    }

    @Test("symbols know their bytes")
    func tracing() throws {
        #expect(
            try traced(
                "fields", ["format": "jsonl", "key": "t[]", "join": "/"],
                #"{"t":["a\n\ud83d\ude00",12]}"# + "\n{\"t\":[\"é\"]}")
                == ["a<a", "\n<\\n", "\u{1F600}<\\ud83d\\ude00", "/<\",", "1<1", "2<2", "\n<]}\n", "é<é", "\n<\"]}"])
    }
}
