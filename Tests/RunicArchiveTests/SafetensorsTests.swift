import Testing

@testable import RunicArchive

@Suite("Safetensors")
struct SafetensorsTests {
    @Test("are read with every type, any order of keys, space and escapes")
    func reading() throws {
        let header = """
            {"b" : {"data_offsets":[4,12],"shape":[2, 1],"dtype":"F32"},\t"a\\u00e9\\ud83d\\ude00\\n\\/":
            {"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"__metadata__":{"k\\"":"v\\\\"},
            "z":{"dtype":"I64","shape":[9223372036854775807,0],"data_offsets":[12,12]}}   
            """
        let content = try parse(Samples.safetensors(header, dataCount: 12))
        #expect(content.tensors.map(\.name) == ["b", "aé😀\n/", "z"])
        #expect(content.tensors.map(\.shape) == [[2, 1], [2], [.max, 0]])
        #expect(content.tensors.map(\.elementType) == [.float32, .bfloat16, .int64])
        #expect(content.tensors.map(\.byteCount) == [8, 4, 0])
        #expect(content.metadata["k\""] == "v\\")
    }

    @Test("are written with metadata first, in the order given, data at a multiple of 64 bytes")
    func writing() throws {
        var metadata = ArchiveMetadata()
        metadata["z"] = "\u{1}\"\\/é"
        metadata["a"] = ""
        let floats: [Float] = [1, -2]
        let tensors = [
            try ArchiveTensor(name: "w", shape: [2], floats: floats.span),
            try ArchiveTensor(name: "b", shape: [1, 2], floats: floats.span, storedAs: .bfloat16),
        ]
        let written = bytes(of: try Safetensors.encode(metadata: metadata, tensors: tensors, path: "m"))
        let json =
            #"{"__metadata__":{"z":"\u0001\"\\/é","a":""},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
            + #""b":{"dtype":"BF16","shape":[1,2],"data_offsets":[8,12]}}"#
        let dataStart = (8 + json.utf8.count + 63) / 64 * 64
        let header = Array(json.utf8) + [UInt8](repeating: 0x20, count: dataStart - 8 - json.utf8.count)
        let data: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0x80, 0x3F, 0, 0xC0]
        #expect(written == Samples.littleEndian(UInt64(header.count)) + header + data)
    }

    @Test("refuse to be written with a name twice or the name of the metadata", arguments: ["w", "__metadata__"])
    func duplicateNames(name: String) throws {
        let tensors = try ["w", name].map { try ArchiveTensor(name: $0, shape: [], floats: [1].span) }
        #expect(throws: ArchiveError.self) {
            try Safetensors.encode(metadata: ArchiveMetadata(), tensors: tensors, path: "m")
        }
    }

    @Test(
        "with a tensor's claim that does not hold are refused, naming the tensor",
        arguments: [
            #""dtype":"F31","shape":[2],"data_offsets":[0,8]"#,
            #""dtype":"F32","shape":[3],"data_offsets":[0,8]"#,
            #""dtype":"F32","shape":[2],"data_offsets":[0,9]"#,
            #""dtype":"F32","shape":[2],"data_offsets":[8,0]"#,
            #""dtype":"F32","shape":[2],"data_offsets":[0]"#,
            #""dtype":"F32","shape":[2],"data_offsets":[0,8,8]"#,
            #""dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]"#,
            #""dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]"#,
            #""dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]"#,
            #""dtype":"F32","shape":[2]"#,
            #""dtype":"F32","data_offsets":[0,8]"#,
            #""dtype":"F32","shape":[2],"data_offsets":[0,8],"more":[1]"#,
        ])
    func tensorClaims(entry: String) throws {
        let file = Samples.safetensors("{\"weight\":{\(entry)}}", dataCount: 8)
        let text = try #require(try message { _ = try parse(file) })
        #expect(text.contains("'weight'"))
        #expect(!text.contains("\n"))
    }

    @Test(
        "with a malformed header are refused at the right byte",
        arguments: [
            ("", 8), ("[]", 8), (" {}", 8), ("{", 9), ("{}x", 10), ("{\"a\"}", 12), ("{\"a\":1}", 13),
            ("{\"a\":{},}", 13),
            ("{\"a\":null}", 13), ("{\"__metadata__\":{\"k\":1}}", 29), ("{\"__metadata__\":[]}", 24),
            ("{\"__metadata__\":{\"k\":\"v\",\"k\":\"v\"}}", 33), ("{\"__metadata__\":{},\"__metadata__\":{}}", 27),
            ("{\"__metadata__\":{\"k\":\"\\ud800\"}}", 30), ("{\"__metadata__\":{\"k\":\"\\udc00x\"}}", 30),
            ("{\"__metadata__\":{\"k\":\"\\ud800\\u0041\"}}", 30), ("{\"__metadata__\":{\"k\":\"\\x\"}}", 30),
            ("{\"__metadata__\":{\"k\":\"\\u12g4\"}}", 34), ("{\"__metadata__\":{\"k\":\"\n\"}}", 30),
            ("{\"a\":{\"shape\":[-1]}}", 23), ("{\"a\":{\"shape\":[NaN]}}", 23), ("{\"a\":{\"shape\":[1.5]}}", 24),
            ("{\"a\":{\"shape\":[1e3]}}", 24), ("{\"a\":{\"shape\":[007]}}", 23), ("{\"a\":{\"shape\":[1,]}}", 25),
            ("{\"a\":{\"shape\":[9223372036854775808]}}", 23), ("{\"a\":{\"shape\":[[1]]}}", 23),
            ("{\"a\":{\"shape\":\"2\"}}", 22), ("{\"a\":{\"dtype\":1}}", 22), ("{\"a", 9),
        ])
    func malformed(header: String, offset: Int) throws {
        let text = try #require(try message { _ = try parse(Samples.safetensors(header)) })
        #expect(text.hasPrefix("m.runic: byte \(offset) of the unpacked content: "), "\(text)")
    }

    @Test("with text that is not UTF-8 are refused")
    func invalidText() throws {
        let header = Array(#"{"__metadata__":{"k":""#.utf8) + [0xC3, 0x28] + Array("\"}}".utf8)
        #expect(throws: ArchiveError.self) { try parse(Samples.safetensors(header)) }
    }

    @Test("with a hundred thousand nested arrays are refused without a deep stack", arguments: ["[", "{\"a\":"])
    func nesting(open: String) throws {
        let deep = String(repeating: open, count: 100_000)
        #expect(throws: ArchiveError.self) { try parse(Samples.safetensors("{\"a\":{\"shape\":" + deep)) }
        #expect(throws: ArchiveError.self) { try parse(Samples.safetensors("{\"a\":" + deep)) }
    }

    @Test(
        "with a header length beyond the content are refused", arguments: [3, 100_000_001, 1 << 63, .max] as [UInt64])
    func headerLength(length: UInt64) throws {
        let text = try #require(try message { _ = try parse(Samples.littleEndian(length) + [0x7B, 0x7D]) })
        #expect(text.contains("byte 0 of the unpacked content: the declared safetensors header of \(length) bytes"))
    }

    @Test("shorter than a header length are refused", arguments: 0..<8)
    func short(count: Int) throws {
        #expect(throws: ArchiveError.self) { try parse([UInt8](repeating: 0, count: count)) }
    }

    @Test(
        "with a gap, an overlap or bytes left over are refused",
        arguments: [
            ([0..<2, 3..<4], 2), ([1..<4], 0), ([0..<3], 3), ([0..<3, 2..<4], 2), ([0..<4, 0..<4], 0),
            ([0..<4, 1..<1], 1),
        ] as [([Range<Int>], Int)])
    func coverage(ranges: [Range<Int>], offset: Int) throws {
        let members = ranges.enumerated().map { index, range in
            "\"t\(index)\":{\"dtype\":\"U8\",\"shape\":[\(range.count)],"
                + "\"data_offsets\":[\(range.lowerBound),\(range.upperBound)]}"
        }
        let header = "{\(members.joined(separator: ","))}"
        let text = try #require(try message { _ = try parse(Samples.safetensors(header, dataCount: 4)) })
        #expect(text.hasPrefix("m.runic: byte \(8 + header.utf8.count + offset) of the unpacked content: "), "\(text)")
    }
}
