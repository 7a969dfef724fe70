internal import RunicKernels

/// The options after `lstm:`.
enum LSTMOptions {
    /// The options; `peephole-` takes the letters of gates.
    static let names = [
        "peephole", "peephole-i", "peephole-f", "peephole-o", "coupled", "no-input-gate", "no-forget-gate",
        "no-output-gate", "linear-input", "linear-output",
    ]
    /// The options in words.
    static let known =
        "peephole, peephole-i, -f, -o or several of these letters, coupled, no-input-gate, no-forget-gate, "
        + "no-output-gate, linear-input, linear-output"

    /// - Throws: ``CellError``: an unknown option, or two that exclude each other.
    static func form(_ options: [String]) throws(CellError) -> LSTMForm {
        var form = LSTMForm()
        var peepholes: String?
        for option in options {
            switch option {
            case "coupled": form.inputGate = .coupled
            case "no-input-gate": form.inputGate = .open
            case "no-forget-gate": form.hasForgetGate = false
            case "no-output-gate": form.hasOutputGate = false
            case "linear-input": form.squashesInput = false
            case "linear-output": form.squashesOutput = false
            case _ where option.hasPrefix("peephole") && peepholes != nil:
                throw .repeated(cell: "lstm", option: option)
            case "peephole": peepholes = "all"
            case _
            where option.hasPrefix("peephole-") && option.count > 9
                && option.dropFirst(9).allSatisfy({ "ifo".contains($0) })
                && Set(option.dropFirst(9)).count == option.count - 9:
                peepholes = String(option.dropFirst(9))
            default: throw .unknownOption(cell: "lstm", option: option, known: known)
            }
        }
        if options.contains("coupled") && options.contains("no-input-gate") {
            throw .conflict(cell: "lstm", "coupled", "no-input-gate")
        }
        if form.inputGate == .coupled && !form.hasForgetGate {
            throw .conflict(cell: "lstm", "coupled", "no-forget-gate")
        }
        guard let peepholes else { return form }
        let gates: [(letter: Character, exists: Bool, name: String)] = [
            ("i", form.inputGate == .own, form.inputGate == .coupled ? "coupled" : "no-input-gate"),
            ("f", form.hasForgetGate, "no-forget-gate"), ("o", form.hasOutputGate, "no-output-gate"),
        ]
        for gate in gates where peepholes.contains(gate.letter) && !gate.exists {
            throw .conflict(cell: "lstm", "peephole-\(peepholes)", gate.name)
        }
        func sees(_ index: Int) -> Bool {
            gates[index].exists && (peepholes == "all" || peepholes.contains(gates[index].letter))
        }
        (form.peepholeInput, form.peepholeForget, form.peepholeOutput) = (sees(0), sees(1), sees(2))
        return form
    }
}
