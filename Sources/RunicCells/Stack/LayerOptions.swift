/// The options of a stack of layers, in addition to its cells: the same value from the settings of a run to every executor.
///
/// An option is a property here, an entry of ``switches`` if it is on or off, its flag on the command line, and what it
/// changes: the cell (``RecurrentCell/adapted(to:)``) or the plan of a layer (``LayerPlan``).
public struct LayerOptions: Sendable, Hashable {
    /// P, the width that the hidden state of an LSTM is projected to, PyTorch's `proj_size`: h = W_hr · (o ⊙ tanh c) (Sak et
    /// al. 2014, arXiv 1402.1128); nil for no projection.
    public var projectionSize: Int?
    /// Whether every layer except the first adds its input to its output (residual connections).
    public var residual = false
    /// Whether the softmax layer reads the sum of all layers' hidden states (skip connections, Melis et al. 2017, arXiv
    /// 1707.05589).
    public var skip = false
    /// Whether the products of a step are layer-normalised over the gates (Ba et al. 2016, arXiv 1607.06450).
    public var layerNorm = false
    /// Whether the initial state is learned; otherwise it is zero.
    public var learnsInitialState = false
    /// Whether an LSTM's input gate is at most 1 − f, f its forget gate (Melis et al. 2017, arXiv 1707.05589).
    public var capsInputGate = false
    /// The probability that a unit of the hidden state keeps its value at a step of training (zoneout, Krueger et al. 2017,
    /// arXiv 1606.01305); outside training, states take the expected value.
    public var zoneoutHidden = 0.0
    /// The same of the cell state.
    public var zoneoutCell = 0.0

    /// None of the options.
    public init() {}

    package var zonesOut: Bool { zoneoutHidden > 0 || zoneoutCell > 0 }
    /// Whether only a cell that has a form for the options can have them; layer normalisation works around every cell.
    package var changesCell: Bool { capsInputGate }

    /// An option that is on or off.
    package struct Switch: Sendable {
        /// The key in archives and settings.
        package let key: String
        /// The name on the command line, without dashes.
        package let option: String
        package let path: any WritableKeyPath<LayerOptions, Bool> & Sendable
    }

    /// All options that are on or off.
    package static let switches = [
        Switch(key: "residual", option: "residual", path: \.residual),
        Switch(key: "skip", option: "skip", path: \.skip),
        Switch(key: "layer_norm", option: "layer-norm", path: \.layerNorm),
        Switch(key: "learns_initial_state", option: "learn-initial-state", path: \.learnsInitialState),
        Switch(key: "cap_input_gate", option: "cap-input-gate", path: \.capsInputGate),
    ]

    /// Why a stack of a cell cannot have the options, with what to do; nil if it can.
    ///
    /// - Parameter name: the cell's specification.
    package func conflict(with cell: any RecurrentCell, named name: String) -> String? {
        if projectionSize != nil && !cell.canProject {
            return "the cell \(name) cannot be projected; only an lstm can"
        }
        if residual && skip {
            return "with residual connections the softmax reads the sum of all layers already; leave out --residual "
                + "or --skip"
        }
        if cell.adapted(to: self) == nil {
            return cell.gateRoles.contains(.coupledForget)
                ? "the input gate of \(name) is 1 − f, which no cap changes; leave out --cap-input-gate"
                : "the cell \(name) has no input gate that a forget gate could cap; --cap-input-gate is for an lstm with both"
        }
        return nil
    }

    /// The options that are on and change nothing in a stack of some layers, with the reason.
    package func unused(layers: Int) -> [(option: String, reason: String)] {
        guard layers == 1 else { return [] }
        return (residual ? [("residual", "only layers after the first add their input, and there is one")] : [])
            + (skip ? [("skip", "the softmax reads the last layer, and there is only one")] : [])
    }
}

extension LayerOptions {
    /// The key of a switch.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads the switches from a keyed value; those that it lacks, as in files of earlier versions, are off.
    package mutating func readSwitches(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        for option in Self.switches {
            self[keyPath: option.path] =
                try values.decodeIfPresent(Bool.self, forKey: Key(stringValue: option.key)) ?? false
        }
    }

    /// Writes the switches that are on into a keyed value.
    ///
    /// - Parameter always: the keys to write in any case.
    package func writeSwitches(to encoder: any Encoder, always: Set<String> = []) throws {
        var values = encoder.container(keyedBy: Key.self)
        for option in Self.switches {
            let isOn = self[keyPath: option.path]
            if isOn || always.contains(option.key) { try values.encode(isOn, forKey: Key(stringValue: option.key)) }
        }
    }
}
