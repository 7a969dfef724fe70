import Runic

/// Symbols per second of one sampling case, by sampler and number of threads, one value per round.
struct SamplingFigures {
    /// The program that samples, and its precision.
    enum Sampled: Hashable {
        case runic(Precision)
        case onnxRuntime
        case onnxRuntimeInt8
        case torch

        init?(engine: String) {
            switch engine {
            case "onnxruntime": self = .onnxRuntime
            case "onnxruntime-int8": self = .onnxRuntimeInt8
            case "torch": self = .torch
            default: return nil
            }
        }
    }

    private var rates: [Sampled: [Int: [Double]]] = [:]

    /// Measures all in turn, round by round.
    init(_ model: SamplingCase, plan: MeasuringPlan) throws {
        // Runic counts as many symbols as take about this long, so that a fast model is measured long enough.
        let seconds = plan.quick ? 0.02 : 0.5
        var counts: [Sampled: [Int: Int]] = [:]
        for round in 1...plan.rounds {
            Console.note("sampling \(model.name), round \(round) of \(plan.rounds)")
            for precision in Precision.allCases {
                let name = Sampled.runic(precision)
                for threads in plan.threadCounts {
                    var count = counts[name]?[threads] ?? 0
                    if count == 0 {
                        let guess = try model.measure(precision, threads: threads, symbols: 16)
                        count = max(Int(guess * seconds) / model.streams, 16)
                        counts[name, default: [:]][threads] = count
                    }
                    let rate = try model.measure(precision, threads: threads, symbols: count)
                    rates[name, default: [:]][threads, default: []].append(rate)
                }
            }
            let peers = model.measurePeers(
                plan.peers, threadCounts: plan.threadCounts, symbols: plan.scaled(model.symbols))
            for speed in peers {
                guard let name = Sampled(engine: speed.engine) else { continue }
                rates[name, default: [:]][speed.threads, default: []].append(speed.symbolsPerSecond)
            }
        }
    }

    /// The runs with the number of threads whose median is best; nil if there are none.
    private func best(_ name: Sampled) -> (threads: Int, rates: [Double])? {
        rates[name]?.max { ($0.value.median ?? 0) < ($1.value.median ?? 0) }.map { ($0.key, $0.value) }
    }

    /// The median symbols per second with the better number of threads.
    subscript(name: Sampled) -> Double? { best(name)?.rates.median }

    /// The figures as columns: Runic in each precision, then the peers.
    var columns: [Measurement] {
        let names: [(Sampled, String)] =
            Precision.allCases.map { (.runic($0), "Runic \($0.rawValue)") }
            + [(.onnxRuntime, "ONNX Runtime f32"), (.onnxRuntimeInt8, "ONNX Runtime int8"), (.torch, "PyTorch f32")]
        return names.map { name, head in
            let best = best(name)
            return Measurement(
                head, .symbolsPerSecond, best?.rates.median, samples: best?.rates ?? [], threads: best?.threads)
        }
    }
}
