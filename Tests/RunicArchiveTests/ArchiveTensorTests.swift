import Testing

@testable import RunicArchive

@Suite("A tensor's floats")
struct ArchiveTensorTests {
    /// A tensor of one element type from raw little-endian bytes, at an odd address inside a parsed file.
    private func unaligned(_ type: String, _ data: [UInt8], count: Int) throws -> ArchiveTensor {
        let header = """
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
            "b":{"dtype":"\(type)","shape":[\(count)],"data_offsets":[1,\(1 + data.count)]}}
            """
        return try #require(parse(Samples.safetensors(header) + [0] + data).tensors.last)
    }

    @Test("come from every floating-point type, also unaligned")
    func conversions() throws {
        let single: [Float] = [1, -2.5, .greatestFiniteMagnitude, 0x1p-149, -0.0]
        let singles = single.flatMap { Samples.littleEndian($0.bitPattern) }
        #expect(try unaligned("F32", singles, count: 5).floats().map(\.bitPattern) == single.map(\.bitPattern))
        let doubles = [0.1, -1e300].flatMap { Samples.littleEndian($0.bitPattern) }
        #expect(try unaligned("F64", doubles, count: 2).floats() == [Float(0.1), -.infinity])
        #expect(try unaligned("BF16", [0x80, 0x3F, 0x20, 0xC0], count: 2).floats() == [1, -2.5])
    }

    @Test("come from all 65536 halves as the processor converts them")
    func halves() throws {
        let bits = (0...UInt16.max).map { $0 }
        let floats = try unaligned("F16", bits.flatMap(Samples.littleEndian), count: bits.count).floats()
        for (bit, float) in zip(bits, floats) {
            let expected = Float(Float16(bitPattern: bit))
            #expect(expected.isNaN ? float.isNaN : float.bitPattern == expected.bitPattern)
        }
    }

    @Test(
        "are rounded to the nearest bfloat16, ties to even",
        arguments: [
            (0x3F80_7FFF, 0x3F80), (0x3F80_8000, 0x3F80), (0x3F81_8000, 0x3F82), (0x3F80_8001, 0x3F81),
            (0x7F7F_FFFF, 0x7F80), (0xFF80_0000, 0xFF80), (0x7F80_0001, 0x7FC0), (0x8000_0000, 0x8000),
        ] as [(UInt32, UInt16)])
    func rounding(single: UInt32, expected: UInt16) throws {
        let floats = [Float(bitPattern: single)]
        let tensor = try ArchiveTensor(name: "t", shape: [1], floats: floats.span, storedAs: .bfloat16)
        #expect(bytes(of: tensor) == Samples.littleEndian(expected))
    }

    @Test("go into the middle of a larger buffer and touch nothing else")
    func copying() throws {
        let tensor = try ArchiveTensor(name: "t", shape: [2, 1], floats: ([3, 4] as [Float]).span)
        var parameters: [Float] = [0, 1, 2, 9, 9]
        var span = parameters.mutableSpan
        try tensor.copyFloats(into: &span, at: 1)
        #expect(parameters == [0, 3, 4, 9, 9])
    }

    @Test("are refused from integers")
    func integers() throws {
        let tensor = try unaligned("I32", [1, 0, 0, 0], count: 1)
        let text = try #require(try message { _ = try tensor.floats() })
        #expect(text == "m.runic: tensor 'b': holds I32, which cannot be read as floats")
    }

    @Test("in 8 bits are stored byte for byte and read as integers only")
    func eightBits() throws {
        let integers: [Int8] = [-128, -127, -1, 0, 1, 127]
        let tensor = try ArchiveTensor(name: "t", shape: [2, 3], integers: integers.span)
        #expect(tensor.elementType == .int8 && tensor.shape == [2, 3])
        #expect(bytes(of: tensor) == [0x80, 0x81, 0xFF, 0, 1, 0x7F])
        #expect(try tensor.integers() == integers)
        #expect(try message { _ = try tensor.floats() } == "t: tensor 't': holds I8, which cannot be read as floats")
        #expect(try unaligned("I8", [0x80, 0x7F], count: 2).integers() == [-128, 127])
        let text = try message { _ = try unaligned("U8", [1], count: 1).integers() }
        #expect(text == "m.runic: tensor 'b': holds U8 instead of I8")
    }

    @Test(
        "that are not finite are found by index",
        arguments: [
            ("F16", [0, 0x3C, 0, 0x7C], 2), ("BF16", [0x80, 0x3F, 0xC0, 0xFF], 2),
            ("F32", [0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x7F], 2),
            ("F64", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 1, 0, 0, 0, 0, 0, 0xF0, 0x7F], 2),
        ] as [(String, [UInt8], Int)])
    func nonFinite(type: String, data: [UInt8], count: Int) throws {
        #expect(try unaligned(type, data, count: count).firstNonFiniteIndex == 1)
        let finite = data[..<(data.count / 2)] + data[..<(data.count / 2)]
        #expect(try unaligned(type, Array(finite), count: count).firstNonFiniteIndex == nil)
    }
}
