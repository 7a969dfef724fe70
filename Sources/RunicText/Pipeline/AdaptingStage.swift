/// A stage that takes a file's container apart, at work on a file that may be plain text instead.
///
/// What a text lies in is a fact about the file, not about the model: one that was trained on tables can read plain text. The
/// beginning of the file, at most 64 KiB, decides.
struct AdaptingStage: TextStage {
    private enum State: Hashable { case undecided, container, plain }

    private static let longest = 1 << 16

    private var container: any TextStage
    private let kind: String
    /// Whether a text that begins with these bytes is in the container; nil if more are needed. The flag says that none come.
    private let begins: ([UInt8], Bool) -> Bool?
    private var state = State.undecided
    private var held: [UInt8] = []
    private var decision: String?
    private var isPlain = false

    /// - Parameters:
    ///   - container: the stage.
    ///   - kind: what it reads, for remarks.
    ///   - begins: whether a text that begins with some bytes is of that kind; nil if more are needed. The flag says that none come.
    init(_ container: any TextStage, kind: String, begins: @escaping ([UInt8], Bool) -> Bool?) {
        self.container = container
        self.kind = kind
        self.begins = begins
    }

    var repairedBytes: Int { container.repairedBytes }
    var remarks: [String] { (decision.map { [$0] } ?? []) + (isPlain ? [] : container.remarks) }
    var warnings: [String] { container.warnings }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        switch state {
        case .container: try container.process(input, into: &output)
        case .plain: output.pass(input)
        case .undecided:
            held.append(input)
            try decide(isFinal: false, into: &output)
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        if state == .undecided { try decide(isFinal: true, into: &output) }
        if state == .container { try container.finish(into: &output) }
        state = .undecided
    }

    private mutating func decide(isFinal: Bool, into output: inout StageOutput) throws(TextError) {
        let isEnough = isFinal || held.count >= Self.longest
        guard let isContainer = begins(Array(held.prefix(Self.longest)), isEnough) ?? (isEnough ? false : nil) else {
            return
        }
        isPlain = !isContainer
        let text = held
        held = []
        if isContainer {
            state = .container
            decision = "read as \(kind), like the model's texts"
            try container.process(text.span, into: &output)
        } else {
            state = .plain
            decision = "read as plain text: it does not begin like \(kind), as the model's texts do"
            output.pass(text.span)
        }
    }
}
