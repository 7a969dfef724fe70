internal import CRunicText

/// Keeps or drops the code points of a set.
///
/// Options: either `keep` or `drop`, a set in ICU's notation, such as `[[:L:][:N:][:White_Space:]]` or `[a-z]`.
/// Invalid bytes count as U+FFFD. Memory holds a chunk.
@safe final class FilterStage: TextStage {
    private static let name = "filter"

    private let handle: OpaquePointer
    private let keeps: Bool
    private var carry: [UInt8] = []

    private init(_ options: StageOptions) throws(TextError) {
        guard (options.text("keep") == nil) != (options.text("drop") == nil) else {
            throw options.refusal(
                of: "keep", expected: "either keep or drop, with a set such as [[:L:][:P:][:White_Space:]]")
        }
        keeps = options.text("keep") != nil
        let option = keeps ? "keep" : "drop"
        let pattern = try options.required(option, expected: "a set")
        var status: Int32 = 0
        guard let handle = unsafe runic_set_create(pattern, &status) else {
            let expected =
                status == RUNIC_SET_OF_STRINGS
                ? "a set of code points; this one has strings in it"
                : "a set in ICU's notation, such as [[:L:][:P:][:White_Space:]] (\(reason(forStatus: status)))"
            throw options.refusal(of: option, expected: expected)
        }
        unsafe self.handle = handle
    }

    deinit {
        unsafe runic_set_destroy(handle)
    }

    func process(_ input: Span<UInt8>, into output: inout StageOutput) {
        if carry.isEmpty {
            filter(input, isFinal: false, into: &output)
        } else {
            var bytes = carry
            bytes.append(input)
            carry = []
            filter(bytes.span, isFinal: false, into: &output)
        }
    }

    func finish(into output: inout StageOutput) {
        let rest = carry
        carry = []
        filter(rest.span, isFinal: true, into: &output)
    }

    func effect(on codePoint: UInt32) -> CodePointEffect {
        guard let scalar = Unicode.Scalar(codePoint) else { return .contextual }
        let bytes = Array(String(scalar).utf8)
        let run = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe runic_set_next(handle, bytes.baseAddress, bytes.count, 1)
        }
        return (run.is_in != 0) == keeps ? .unchanged : .contextual
    }

    private func filter(_ input: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) {
        var index = 0
        while index < input.count {
            let rest = input.extracting(index..<input.count)
            let run = unsafe rest.withUnsafeBufferPointer { bytes in
                unsafe runic_set_next(handle, bytes.baseAddress, bytes.count, isFinal ? 1 : 0)
            }
            let found = rest.extracting(0..<run.length)
            if (run.is_in != 0) == keeps { output.pass(found) } else { output.drop(found.count) }
            index += run.length
            if run.truncated != 0 {
                carry.append(input.extracting(index..<input.count))
                return
            }
        }
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        try FilterStage(StageOptions(stage: name, options: options, known: ["keep", "drop"]))
    }
}

extension StageDefinition {
    /// `filter`: `keep=[SET]` or `drop=[SET]`.
    public static let filter = StageDefinition(
        name: "filter", isSplittable: { _ in true }, make: FilterStage.make,
        summary: "code points of a set; keep=[SET] or drop=[SET], such as [[:script=Greek:][:P:]]")
}
