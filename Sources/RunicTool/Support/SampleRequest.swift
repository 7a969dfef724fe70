internal import Runic
internal import RunicDisplay
internal import RunicTerminal

/// A request for samples, which are drawn and printed in order.
struct SampleRequest {
    let model: TextModel
    /// Where the model is, for messages.
    let path: String
    /// The context after the prompt.
    let context: TextModel.Context
    let prompt: [UInt8]
    /// The most symbols of a sample.
    let length: Int
    let count: Int
    let stop: StopText

    /// From this many samples on, drawing them together, which reads the weights once, is faster than all cores on one.
    static let fewestSideBySide = 4
    /// Most samples drawn at once.
    private static let mostSideBySide = 64
    /// Most samples begun while an earlier one is unfinished.
    private static let mostWaiting = 1_024

    /// Draws the samples one after the other.
    func drawOneByOne(_ makeSampler: (Int) throws -> Sampler) throws {
        for index in 0..<count {
            var sampler = try makeSampler(index)
            var context = context
            if index > 0 { Console.result("---") }
            var output = SampleOutput(prompt: prompt, stop: stop, isLive: true)
            for _ in 0..<length where !output.isStopped && !InterruptFlag.signals.isRequested {
                output.write(model.next(&context, sampler: &sampler))
            }
            output.finish()
            try ModelLoading.refuse(path, unlessFinite: context.isFinite)
            if InterruptFlag.signals.isRequested { return }
        }
    }

    /// Draws many samples at once; a stream that has finished one begins the next.
    ///
    /// The first unfinished sample is printed as it is drawn, later ones when it is their turn.
    func drawSideBySide(_ makeSampler: (Int) throws -> Sampler) throws {
        // As few rounds as possible, with about the same number of streams in each, so that few streams run empty.
        let rounds = (count + Self.mostSideBySide - 1) / Self.mostSideBySide
        let width = (count + rounds - 1) / rounds
        let streams = try reporting { [samplers = try (0..<width).map(makeSampler)] () throws(RunicError) in
            try TextStreams(model, from: context, samplers: samplers)
        }
        // The sample that each stream draws, and its symbols so far.
        var samples: [Int?] = (0..<width).map { $0 }
        var drawn = [Int](repeating: 0, count: width)
        var outputs: [Int: SampleOutput] = [:]
        for index in 0..<width { outputs[index] = SampleOutput(prompt: prompt, stop: stop, isLive: index == 0) }
        var done: Set<Int> = []
        var (printing, next) = (0, width)
        func start(_ stream: Int) throws {
            samples[stream] = next
            drawn[stream] = 0
            outputs[next] = SampleOutput(prompt: prompt, stop: stop, isLive: next == printing)
            streams.restart(stream: stream, from: context, sampler: try makeSampler(next))
            next += 1
        }
        while printing < count && !InterruptFlag.signals.isRequested {
            if length > 0 { streams.next() }
            for stream in 0..<width {
                guard let index = samples[stream] else {
                    // A stream rests while too many samples wait for a long one.
                    if next < count && next < printing + Self.mostWaiting { try start(stream) }
                    continue
                }
                if length > 0 {
                    outputs[index]?.write(streams.bytes(ofStream: stream))
                    drawn[stream] += 1
                }
                guard outputs[index]?.isStopped == true || drawn[stream] >= length else { continue }
                try ModelLoading.refuse(path, unlessFinite: streams.isFinite(stream: stream))
                done.insert(index)
                samples[stream] = nil
                if next < count && next < printing + Self.mostWaiting { try start(stream) }
            }
            while done.remove(printing) != nil {
                outputs[printing]?.finish()
                outputs[printing] = nil
                printing += 1
                if printing < count {
                    Console.result("---")
                    outputs[printing]?.becomeLive()
                }
            }
        }
        outputs[printing]?.finish()
    }
}
