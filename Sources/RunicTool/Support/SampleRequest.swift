internal import Runic
internal import RunicTerminal

/// Samples that were asked for, drawn and printed in order.
struct SampleRequest {
    let model: TextModel
    /// What has read the prompt.
    let context: TextModel.Context
    let prompt: [UInt8]
    /// The most symbols of a sample.
    let length: Int
    let count: Int
    let stops: [[UInt8]]

    /// From so many samples on, reading the weights once for all of them is quicker than all cores for one.
    static let fewestSideBySide = 4
    /// The most samples that are drawn at once.
    private static let mostSideBySide = 64
    /// The most samples that are begun while an earlier one is not done.
    private static let mostWaiting = 1_024

    /// Draws one sample after the other.
    func drawOneByOne(_ makeSampler: (Int) throws -> Sampler) throws {
        for index in 0..<count {
            var sampler = try makeSampler(index)
            var context = context
            if index > 0 { Console.result("---") }
            var output = SampleOutput(prompt: prompt, stops: stops, isLive: true)
            for _ in 0..<length where !output.isStopped && !InterruptFlag.signals.isRequested {
                output.write(model.next(&context, sampler: &sampler))
            }
            output.finish()
            if InterruptFlag.signals.isRequested { return }
        }
    }

    /// Draws many samples at once: a stream that is done begins the next one.
    ///
    /// The first sample that is not done is printed as it comes, those behind it when it is their turn.
    func drawSideBySide(_ makeSampler: (Int) throws -> Sampler) throws {
        // As many rounds as there must be, and their streams as equal as can be: none is taken through for nothing.
        let rounds = (count + Self.mostSideBySide - 1) / Self.mostSideBySide
        let width = (count + rounds - 1) / rounds
        let streams = try reporting { [samplers = try (0..<width).map(makeSampler)] () throws(RunicError) in
            try TextStreams(model, from: context, samplers: samplers)
        }
        // What each stream draws, and how many symbols it has.
        var samples: [Int?] = (0..<width).map { $0 }
        var drawn = [Int](repeating: 0, count: width)
        var outputs: [Int: SampleOutput] = [:]
        for index in 0..<width { outputs[index] = SampleOutput(prompt: prompt, stops: stops, isLive: index == 0) }
        var done: Set<Int> = []
        var (printing, next) = (0, width)
        func start(_ stream: Int) throws {
            samples[stream] = next
            drawn[stream] = 0
            outputs[next] = SampleOutput(prompt: prompt, stops: stops, isLive: next == printing)
            streams.restart(stream: stream, from: context, sampler: try makeSampler(next))
            next += 1
        }
        while printing < count && !InterruptFlag.signals.isRequested {
            if length > 0 { streams.next() }
            for stream in 0..<width {
                guard let index = samples[stream] else {
                    // A stream rests while too many samples wait behind a long one.
                    if next < count && next < printing + Self.mostWaiting { try start(stream) }
                    continue
                }
                if length > 0 {
                    outputs[index]?.write(streams.bytes(ofStream: stream))
                    drawn[stream] += 1
                }
                guard outputs[index]?.isStopped == true || drawn[stream] >= length else { continue }
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
