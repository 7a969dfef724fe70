import RunicREPL
import RunicSampling
import Testing

struct REPLFuzzTests {
    @Test("Whatever is typed, transcript, context and a plain record of the exchanges agree", arguments: 1...6)
    func anything(seed: Int) throws {
        var random = Xoshiro256(seed: UInt64(seed))
        var session = try REPLSession(model: RecordingModel(), length: 4)
        var record: [[UInt8]] = []
        for _ in 0..<2000 {
            let line = makeLine(&random)
            let action = session.submit(line: line)
            let parsed = try? TypedLine(parsing: line)
            if case .refusal = action {
                #expect(!session.isGenerating)
            } else if case .command(let command, _) = parsed {
                if command == .undo || command == .regen { _ = record.popLast() }
                if command == .clear { record = [] }
            }
            let limit = Int.random(in: 0...30, using: &random)
            var steps = 0
            while steps < limit, session.step() != nil { steps += 1 }
            if Bool.random(using: &random) { session.interrupt() }
            while session.step() != nil {}
            let known = record.reduce(0) { $0 + $1.count }
            if session.context.count > known { record.append(Array(session.context[known...])) }
            let agrees = session.transcript == session.context && session.context == Array(record.joined())
            try #require(agrees, "after \(line.debugDescription)")
            if session.context.count > 4000 {
                _ = session.submit(line: "/clear")
                record = []
            }
        }
    }

    private func makeLine(_ random: inout Xoshiro256) -> String {
        let values = [
            "", "0", "1", "7", "0.5", "-1", "off", "on", "nan", "inf", "1e400", "99999999999999999999", "x y", "\"\"",
            "\u{0}",
            "é猫\u{301}", "\\n", "3",
        ]
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6:
            guard let command = SlashCommand.allCases.randomElement(using: &random) else { return "" }
            let name = command.rawValue.prefix(Int.random(in: 1...12, using: &random))
            let separator = ["", " ", "=", "\t"].randomElement(using: &random) ?? " "
            // Length stays small, so that thousands of lines take no time.
            let value = (command == .length ? ["0", "1", "9", "-1"] : values).randomElement(using: &random) ?? ""
            return "/\(name)\(separator)\(value)"
        case 6: return ""
        case 7: return "//" + (values.randomElement(using: &random) ?? "")
        default:
            let scalars = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }
    }
}
