import Foundation
import RunicKernels
import RunicModel
import RunicTraining

let a = CommandLine.arguments
let cell = a[1]
let L = Int(a[2])!
let H = Int(a[3])!
let B = Int(a[4])!
let T = Int(a[5])!
let prec = Precision(rawValue: a[6])!
let threads = Int(a[7])!
let steps = Int(a[8])!
let p = try ModelParameters(
    configuration: .init(cell: cell, vocabularySize: 65, embeddingSize: H, hiddenSize: H, layers: L))
p.initialise(seed: 1)
let e = try GradientEngine(parameters: p, precision: prec, batch: B, time: T, dropsOut: false)
let pool = WorkerPool(workerCount: threads)
var s = TrainingSettings()
s.threads = threads
let opt = try OptimizerRegistry().make(p.layout, s)
var g = SplitMix64(seed: 3)
var times: [Double] = []
for step in 0..<steps {
    let t0 = ContinuousClock.now
    e.weights.refresh(pool)
    for r in 0..<B { e.setRow(r, symbols: ArraySlice((0...T).map { _ in UInt16(g.next() % 65) })) }
    let l = e.run(pool: pool, noise: .init(dropout: 0, key: 1))
    opt.update(parameters: p.whole, gradient: e.gradient, gradientScale: 0.1, learningRate: 1e-3, pool: pool)
    let d = ContinuousClock.now - t0
    times.append(Double(d.components.attoseconds) * 1e-18 + Double(d.components.seconds))
    if step == 0 || step == steps - 1 { print(step, l) }
}
let m = times.sorted()[steps / 2]
print(cell, L, H, B, T, prec, "threads", threads, "median", m * 1e3, "ms", Int(Double(B * T) / m), "sym/s")
