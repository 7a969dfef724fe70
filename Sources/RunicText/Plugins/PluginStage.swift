internal import CRunicPlugin

/// A stage of a plugin at work on one text.
struct PluginStage: TextStage {
    let handle: PluginHandle

    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        var start = 0
        while start < input.count {
            let end = min(start + PluginHandle.mostTaken, input.count)
            try handle.process(input.extracting(start..<end), into: &output)
            start = end
        }
    }

    func finish(into output: inout StageOutput) throws(TextError) {
        try handle.finish(into: &output)
    }
}
