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

    /// Draws one sample after the other.
    func drawOneByOne(_ makeSampler: (Int) throws -> Sampler) throws {
        for index in 0..<count {
            var sampler = try makeSampler(index)
            var context = context
            var output = begin(index, isLive: true)
            for _ in 0..<length where !output.isStopped && !InterruptFlag.signals.isRequested {
                output.write(model.next(&context, sampler: &sampler), searchesStops: true)
            }
            output.finish()
            if InterruptFlag.signals.isRequested { return }
        }
    }

    /// Draws many samples at once: a stream that is done begins the next one.
    ///
    /// The first sample that is not done is printed as it comes, those behind it when it is their turn.
    func drawSideBySide(_ makeSampler: (Int) throws -> Sampler) throws {
        let width = min(count, Self.mostSideBySide)
        let streams = try reporting { [samplers = try (0..<width).map(makeSampler)] () throws(RunicError) in
            try TextStreams(model, from: context, samplers: samplers)
        }
        // What each stream draws, and how many symbols it has.
        var samples: [Int?] = (0..<width).map { $0 }
        var drawn = [Int](repeating: 0, count: width)
        var outputs: [Int: SampleOutput] = [:]
        for index in 0..<width { outputs[index] = begin(index, isLive: index == 0) }
        var done: Set<Int> = []
        var (printing, next) = (0, width)
        while printing < count && !InterruptFlag.signals.isRequested {
            if length > 0 { streams.next() }
            for stream in 0..<width {
                guard let index = samples[stream] else { continue }
                if length > 0 {
                    outputs[index]?.write(streams.bytes(ofStream: stream), searchesStops: true)
                    drawn[stream] += 1
                }
                guard outputs[index]?.isStopped == true || drawn[stream] >= length else { continue }
                done.insert(index)
                samples[stream] = next < count ? next : nil
                guard next < count else { continue }
                outputs[next] = begin(next, isLive: false)
                streams.restart(stream: stream, from: context, sampler: try makeSampler(next))
                drawn[stream] = 0
                next += 1
            }
            while done.contains(printing) {
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

    /// The output of a sample, with the prompt in it.
    private func begin(_ index: Int, isLive: Bool) -> SampleOutput {
        if isLive && index > 0 { Console.result("---") }
        var output = SampleOutput(stops: stops, isLive: isLive)
        output.write(prompt, searchesStops: false)
        return output
    }
}
