internal import Foundation
internal import RunicTraining

/// The optimizers in double precision by their equations, element by element.
///
/// Arrays have the layout of the parameters, and the names of Runic's checkpoints.
struct ReferenceOptimizer {
    private let settings: TrainingSettings
    /// Whether an element belongs to a matrix, which decays.
    private let decays: [Bool]
    var updates = 0
    var arrays: [(name: String, values: [Double])] = []
    /// NT-ASGD: the losses of earlier validations, and the updates that were done when averaging began.
    private var losses: [Double] = []
    private var trigger: Int?

    init(_ settings: TrainingSettings, decays: [Bool]) {
        self.settings = settings
        self.decays = decays
        let names: [String] =
            switch settings.optimizer {
            case "adam", "adamw": ["adam.first", "adam.second"]
            case "rmsprop": ["rmsprop.square"] + (settings.momentum > 0 ? ["rmsprop.velocity"] : [])
            case "nt-asgd": (settings.momentum > 0 ? ["sgd.velocity"] : []) + ["asgd.average"]
            default: settings.momentum > 0 ? ["sgd.velocity"] : []
            }
        arrays = (names + (settings.averageDecay == nil ? [] : ["ema.average"])).map {
            ($0, [Double](repeating: 0, count: decays.count))
        }
    }

    var keepsAverage: Bool { settings.averageDecay != nil || settings.optimizer == "nt-asgd" }

    /// The average that validation and archives use; nil for the parameters.
    var average: [Double]? {
        if settings.averageDecay != nil { return updates > 0 ? arrays.last?.values : nil }
        return trigger == nil ? nil : arrays.last?.values
    }

    mutating func update(_ parameters: inout [Double], gradient: [Double], scale: Double, rate: Double) {
        updates += 1
        for element in parameters.indices {
            let decay = decays[element] ? settings.decay : 0
            switch settings.optimizer {
            case "adam", "adamw":
                adam(&parameters[element], scale * gradient[element], element, rate, decay)
            case "rmsprop":
                rmsProp(&parameters[element], scale * gradient[element] + decay * parameters[element], element, rate)
            default:
                descend(&parameters[element], scale * gradient[element] + decay * parameters[element], element, rate)
            }
        }
        if let most = settings.averageDecay {
            let before = Double(updates - 1)
            average(parameters, weight: updates == 1 ? 1 : 1 - min(most, (1 + before) / (10 + before)))
        } else if let trigger {
            average(parameters, weight: 1 / Double(updates - trigger + 1))
        }
    }

    private mutating func adam(
        _ parameter: inout Double, _ gradient: Double, _ element: Int, _ rate: Double, _ decay: Double
    ) {
        var g = gradient
        if settings.optimizer == "adamw" { parameter *= 1 - rate * decay } else { g += decay * parameter }
        let t = Double(updates)
        arrays[0].values[element] = settings.beta1 * arrays[0].values[element] + (1 - settings.beta1) * g
        arrays[1].values[element] = settings.beta2 * arrays[1].values[element] + (1 - settings.beta2) * g * g
        let mean = arrays[0].values[element] / (1 - pow(settings.beta1, t))
        let square = arrays[1].values[element] / (1 - pow(settings.beta2, t))
        parameter -= rate * mean / (square.squareRoot() + settings.epsilon)
    }

    private mutating func rmsProp(_ parameter: inout Double, _ g: Double, _ element: Int, _ rate: Double) {
        arrays[0].values[element] = settings.alpha * arrays[0].values[element] + (1 - settings.alpha) * g * g
        var step = g / (arrays[0].values[element].squareRoot() + settings.epsilon)
        if settings.momentum > 0 {
            step += settings.momentum * arrays[1].values[element]
            arrays[1].values[element] = step
        }
        parameter -= rate * step
    }

    private mutating func descend(_ parameter: inout Double, _ g: Double, _ element: Int, _ rate: Double) {
        var step = g
        if settings.momentum > 0 {
            step += settings.momentum * arrays[0].values[element]
            arrays[0].values[element] = step
        }
        parameter -= rate * step
    }

    private mutating func average(_ parameters: [Double], weight: Double) {
        let last = arrays.count - 1
        for element in parameters.indices {
            arrays[last].values[element] += weight * (parameters[element] - arrays[last].values[element])
        }
    }

    // MARK: NT-ASGD

    mutating func validated(_ nats: Double, parameters: [Double]) {
        guard settings.optimizer == "nt-asgd", trigger == nil else { return }
        let older = losses.dropLast(min(settings.patience, losses.count)).min()
        if losses.count > settings.patience, let older, nats > older {
            trigger = updates
            arrays[arrays.count - 1].values = parameters
        }
        losses.append(nats)
    }

    /// The scalars of Runic's checkpoints.
    var scalarState: [String: Double] {
        get {
            guard settings.optimizer == "nt-asgd" else { return [:] }
            var state: [String: Double] = [:]
            state["asgd.trigger"] = trigger.map { Double($0) }
            state["asgd.older"] = losses.dropLast(min(settings.patience, losses.count)).min()
            for (index, loss) in losses.suffix(settings.patience).enumerated() { state["asgd.recent.\(index)"] = loss }
            return state
        }
        set {
            trigger = newValue["asgd.trigger"].map { Int($0) }
            let recent = (0..<settings.patience).compactMap { newValue["asgd.recent.\($0)"] }
            losses = [newValue["asgd.older"]].compactMap(\.self) + recent
        }
    }
}
