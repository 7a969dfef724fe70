import RunicTesting
import Foundation
import Testing

/// Readers without Runic: they open a quantized archive with lz4, a header in JSON, and one multiplication a row.
@Suite("Quantized archives in other programs")
struct QuantizedPeerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (precision, path) in [("int8", "int8"), ("bf16", "bf16")] {
            let outcome = try Tool.run(
                ["quantize", TinyModel.run().model, "--to", precision, "-o", folder.file("\(path).runic")])
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        for (model, name) in [
            (try TinyModel.run().model, "f32"), (folder.file("int8.runic"), "int8"),
            (folder.file("bf16.runic"), "bf16"),
        ] {
            let unpacked = try Tool.run(Tool.program("lz4"), ["-dc", model])
            try #require(unpacked.status == 0, "\(unpacked.errors)")
            _ = try folder.write(unpacked.output, to: "\(name).safetensors")
        }
    }

    /// Reads a file by the format's own rules, with Python's standard library alone.
    private static let reader = """
        import json, struct, sys
        def read(path):
            data = open(path, "rb").read()
            length = int.from_bytes(data[:8], "little")
            header = json.loads(data[8:8 + length])
            tensors = {}
            for name, entry in header.items():
                if name == "__metadata__": continue
                first, last = entry["data_offsets"]
                bytes = data[8 + length + first:8 + length + last]
                if entry["dtype"] == "F32": values = struct.unpack("<%df" % (len(bytes) // 4), bytes)
                elif entry["dtype"] == "I8": values = struct.unpack("<%db" % len(bytes), bytes)
                elif entry["dtype"] == "BF16":
                    halves = struct.unpack("<%dH" % (len(bytes) // 2), bytes)
                    values = struct.unpack("<%df" % len(halves), struct.pack("<%dI" % len(halves), *(h << 16 for h in halves)))
                tensors[name] = (entry["dtype"], entry["shape"], values)
            return tensors
        whole, int8, bf16 = (read(sys.argv[1] + "/" + name + ".safetensors") for name in ("f32", "int8", "bf16"))

        """

    @Test("Python's standard library rebuilds the weights: a matrix in I8 is off by at most half its row's scale")
    func plain() throws {
        let script =
            Self.reader + """
                matrices = 0
                for name, (dtype, shape, values) in whole.items():
                    kind, size, integers = int8[name]
                    half, _, rounded = bf16[name]
                    assert dtype == "F32" and size == shape
                    if len(shape) == 1:
                        assert kind == half == "F32" and values == integers == rounded, name
                        continue
                    matrices += 1
                    assert kind == "I8" and half == "BF16", name
                    width, (scale_kind, scale_size, scales) = shape[1], int8[name + ".scale"]
                    assert scale_kind == "F32" and scale_size == [shape[0]], name
                    for place, value in enumerate(values):
                        scale = scales[place // width]
                        assert abs(integers[place] * scale - value) <= 0.50001 * scale, (name, place)
                        assert abs(rounded[place] - value) <= abs(value) / 256, (name, place)
                assert len(int8) == len(whole) + matrices and len(bf16) == len(whole)
                print(matrices)
                """
        let outcome = try Tool.run(Tool.program("python3"), ["-c", script, folder.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text == "4\n")
    }

    @Test(
        "Python's safetensors and numpy rebuild the same weights in one line",
        .enabled(if: QuantizedPeerTests.python != nil))
    func numpy() throws {
        let script =
            Self.reader + """
                import numpy
                from safetensors.numpy import load_file
                loaded = load_file(sys.argv[1] + "/int8.safetensors")
                for name, tensor in loaded.items():
                    assert tensor.flatten().tolist() == list(int8[name][2]), name
                for name, (_, shape, values) in whole.items():
                    tensor, scale = loaded[name], loaded.get(name + ".scale")
                    if scale is None: continue
                    weight = tensor * scale[:, None]
                    assert weight.dtype == numpy.float32 and list(weight.shape) == shape, name
                    assert (abs(weight - numpy.reshape(values, shape)) <= 0.50001 * scale[:, None]).all(), name
                print(len(loaded))
                """
        let outcome = try Tool.run(try #require(Self.python), ["-c", script, folder.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text == "11\n")
    }

    /// A Python with `safetensors` and `numpy`: the one that `RUNIC_PYTHON` names, or else `python3`, if it has them.
    private static let python: String? = {
        let named = ProcessInfo.processInfo.environment["RUNIC_PYTHON"]
        guard let python = try? named ?? Tool.program("python3"),
            let result = try? Tool.run(python, ["-c", "import safetensors.numpy"]), result.status == 0
        else { return nil }
        return python
    }()
}
