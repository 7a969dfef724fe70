import RunicArchive
import RunicCells
import RunicKernels
import RunicModel
import Testing

/// Parameters as an archive's tensors in each precision, and back.
@Suite struct ModelTensorTests {
    /// Sizes that are all odd, so that no tensor ends where a wider type may begin.
    static func configuration(_ cell: String) -> ModelConfiguration {
        ModelConfiguration(cell: cell, vocabularySize: 13, embeddingSize: 5, hiddenSize: 9, layers: 3)
    }

    private func parameters(_ configuration: ModelConfiguration = configuration("lstm")) throws -> ModelParameters {
        let made = try ModelParameters(configuration: configuration)
        made.initialise(seed: 3)
        for entry in made.layout.entries where !entry.isMatrix {
            made.blocks[entry.name].assign(from: (0..<entry.count).map { 0.1 + 1 / Float($0 + 3) })
        }
        return made
    }

    /// The parameters of a file with these tensors.
    private func file(_ tensors: [ArchiveTensor], metadata: ArchiveMetadata = ArchiveMetadata()) throws -> Archive {
        try Archive(bytes: Archive(metadata: metadata, tensors: tensors).encoded())
    }

    private func bits(_ parameters: ModelParameters) -> [UInt32] { parameters.whole.array.map(\.bitPattern) }

    private func bytes(_ tensor: ArchiveTensor) -> [UInt8] {
        tensor.withBytes { bytes in
            (0..<bytes.byteCount).map { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        }
    }

    @Test(
        "a file holds the parameters rounded to its precision, bit for bit",
        arguments: Precision.allCases, ["rnn", "gru", "lstm"])
    func roundTrip(precision: Precision, cell: String) throws {
        let source = try parameters(Self.configuration(cell))
        let archive = try file(source.tensors(in: precision))
        let read = try ModelParameters(configuration: source.configuration, archive: archive)
        #expect(ModelParameters.precision(of: archive) == precision)
        #expect(bits(read) == bits(source.rounded(to: precision)))
        #expect((bits(read) == bits(source)) == (precision == .float32))
    }

    @Test("in bfloat16 matrices are off by at most 2⁻⁸, and vectors not at all")
    func bfloat16() throws {
        let source = try parameters()
        let archive = try file(source.tensors(in: .bfloat16))
        for entry in source.layout.entries {
            let tensor = try archive.tensor(named: entry.name, shape: entry.shape)
            #expect(tensor.elementType == (entry.isMatrix ? .bfloat16 : .float32))
            for (value, stored) in zip(source.blocks[entry.name].array, try tensor.floats()) {
                #expect(abs(stored - value) <= (entry.isMatrix ? abs(value) / 256 : 0))
            }
        }
    }

    @Test("in int8 a matrix and its scales are off by at most half a scale, a row's largest by nothing to speak of")
    func int8() throws {
        let source = try parameters()
        let tensors = try source.tensors(in: .int8)
        let archive = try file(tensors)
        let matrices = source.layout.entries.filter(\.isMatrix)
        #expect(tensors.count == source.layout.entries.count + matrices.count)
        for entry in source.layout.entries where !entry.isMatrix {
            #expect(try archive.tensor(named: entry.name).floats() == source.blocks[entry.name].array)
        }
        for entry in matrices {
            let integers = try archive.tensor(named: entry.name, shape: entry.shape).integers()
            let scales = try archive.tensor(named: entry.name + ".scale", shape: [entry.rows])
            #expect(scales.elementType == .float32)
            let values = source.blocks[entry.name].array.map { Double($0) }
            for (row, scale) in try scales.floats().map({ Double($0) }).enumerated() {
                let places = (row * entry.columns)..<((row + 1) * entry.columns)
                #expect(places.map { abs(integers[$0]) }.max() == 127)
                let largest = try #require(places.map { abs(values[$0]) }.max())
                #expect(abs(scale - largest / 127) <= 1e-7 * largest)
                for place in places {
                    #expect(abs(Double(integers[place]) * scale - values[place]) <= 0.500_01 * scale)
                }
            }
        }
    }

    @Test("parameters read from int8 give the same int8 again", arguments: ["rnn", "gru", "lstm"])
    func again(cell: String) throws {
        let source = try parameters(Self.configuration(cell))
        let first = try source.tensors(in: .int8)
        let read = try ModelParameters(configuration: source.configuration, archive: file(first))
        for (before, after) in zip(first, try read.tensors(in: .int8)) where before.elementType == .int8 {
            #expect(bytes(before) == bytes(after), "\(before.name)")
        }
    }

    @Test(
        "a row of zeros, and one of numbers too small to have a scale, are zeros",
        arguments: [0, 2e-38, 0x1p-148] as [Float])
    func vanishing(size: Float) throws {
        let source = try parameters()
        let block = source.blocks["decoder.weight"]
        for column in 0..<block.columns { block[2, column] = column == 0 ? size : -size / 2 }
        let archive = try file(source.tensors(in: .int8))
        let read = try ModelParameters(configuration: source.configuration, archive: archive)
        #expect(read.blocks["decoder.weight"].rows(2..<3).array.allSatisfy { $0 == 0 })
        #expect(try archive.tensor(named: "decoder.weight.scale").floats()[2] == 0)
        #expect(read.blocks["decoder.weight"].rows(1..<2).array.contains { $0 != 0 })
    }

    @Test("every tensor begins where a mapped file may be read in its type", arguments: Precision.allCases)
    func alignment(precision: Precision) throws {
        var offset = 0
        for tensor in try parameters().tensors(in: precision) {
            #expect(offset % tensor.elementType.byteCount == 0, "\(tensor.name)")
            offset += tensor.byteCount
        }
    }

    @Test("a model of 2 × 128 takes at most 0.27 of its file in int8", arguments: ["rnn", "gru", "lstm"])
    func size(cell: String) throws {
        let source = try parameters(
            ModelConfiguration(cell: cell, vocabularySize: 65, embeddingSize: 128, hiddenSize: 128, layers: 2))
        var metadata = ArchiveMetadata()
        metadata["vocabulary"] = String(repeating: "\"a\",", count: 65)
        func count(_ precision: Precision) throws -> Double {
            Double(try Archive(metadata: metadata, tensors: source.tensors(in: precision)).encoded().count)
        }
        let whole = try count(.float32)
        #expect(try count(.int8) <= 0.27 * whole)
        #expect(try count(.bfloat16) <= 0.52 * whole)
    }

    @Test("matrices of several types are float32 together, and without a matrix there is no precision")
    func mixed() throws {
        let source = try parameters()
        let name = "decoder.weight"
        var tensors = try source.tensors(in: .bfloat16).filter { $0.name != name }
        tensors.append(try #require(try source.tensors().first { $0.name == name }))
        let archive = try file(tensors)
        #expect(ModelParameters.precision(of: archive) == .float32)
        let read = try ModelParameters(configuration: source.configuration, archive: archive)
        #expect(read.blocks[name].array == source.blocks[name].array)
        #expect(ModelParameters.precision(of: Archive()) == nil)
    }

    /// The error of reading int8 tensors after a change.
    private func refusal(_ change: (inout [ArchiveTensor]) throws -> Void) throws -> String? {
        let source = try parameters()
        var tensors = try source.tensors(in: .int8)
        try change(&tensors)
        let archive = try file(tensors)
        return #expect(throws: ModelError.self) {
            try ModelParameters(configuration: source.configuration, archive: archive)
        }?.description
    }

    /// Replaces a tensor by floats.
    private func replace(
        _ name: String, _ shape: [Int], _ floats: [Float], storedAs type: ArchiveElementType = .float32,
        in tensors: inout [ArchiveTensor]
    ) throws {
        let place = try #require(tensors.firstIndex { $0.name == name })
        tensors[place] = try ArchiveTensor(name: name, shape: shape, floats: floats.span, storedAs: type)
    }

    @Test("I8 without its scales is refused by name")
    func missingScale() throws {
        let text = try refusal { $0.removeAll { $0.name == "rnn.weight_hh_l1.scale" } }
        #expect(text == "tensor rnn.weight_hh_l1.scale is missing")
    }

    @Test("scales of another shape or type are refused by name")
    func misshapen() throws {
        let name = "decoder.weight.scale"
        #expect(
            try refusal { try replace(name, [12], [Float](repeating: 1, count: 12), in: &$0) }
                == "tensor \(name) has shape [12], expected [13]")
        #expect(
            try refusal { try replace(name, [13, 1], [Float](repeating: 1, count: 13), in: &$0) }
                == "tensor \(name) has shape [13, 1], expected [13]")
        let text = try refusal {
            try replace(name, [13], [Float](repeating: 1, count: 13), storedAs: .bfloat16, in: &$0)
        }
        #expect(text?.contains("tensor '\(name)': holds BF16") == true)
    }

    @Test(
        "a scale that is negative, infinite, too large or not a number is refused by name and place",
        arguments: [-1e-9, .infinity, -.infinity, .nan, 3e38] as [Float])
    func wrongScale(scale: Float) throws {
        var scales = [Float](repeating: 0.5, count: 13)
        scales[7] = scale
        let text = try refusal { try replace("decoder.weight.scale", [13], scales, in: &$0) }
        #expect(
            text?.contains("tensor 'decoder.weight.scale': element 7 is \(scale), which is not a valid scale") == true)
    }

    @Test("a vector in I8 is refused by name, even with a scale")
    func vectorOfIntegers() throws {
        let text = try refusal { tensors in
            tensors.removeAll { $0.name == "decoder.bias" }
            tensors.append(
                try ArchiveTensor(name: "decoder.bias", shape: [13], integers: [Int8](repeating: 1, count: 13).span))
            tensors.append(try ArchiveTensor(name: "decoder.bias.scale", shape: [1], floats: [1].span))
        }
        #expect(text?.contains("tensor 'decoder.bias': holds I8") == true)
    }

    @Test("the whole range of I8 is read, including values that are never written")
    func foreign() throws {
        let source = try parameters()
        var tensors = try source.tensors(in: .int8)
        let place = try #require(tensors.firstIndex { $0.name == "decoder.weight" })
        let integers = (0..<117).map { Int8(truncatingIfNeeded: $0 - 128) }
        tensors[place] = try ArchiveTensor(name: "decoder.weight", shape: [13, 9], integers: integers.span)
        try replace("decoder.weight.scale", [13], (0..<13).map { Float($0) / 8 }, in: &tensors)
        let read = try ModelParameters(configuration: source.configuration, archive: file(tensors))
        let expected: [Float] = (0..<117).map { place in
            let scale = Float(place / 9) / 8
            return Float(place - 128) * scale
        }
        #expect(read.blocks["decoder.weight"].array == expected)
    }
}
