extension REPLSession {
    /// A generation under way; the last exchange collects what it gives.
    struct Generation: Sendable {
        var prompt: [UInt8]
        var promptRead = 0
        var report = ReadReport()
        var hasReported = false
        var symbolsLeft: Int
    }

    /// Does the next small part of the work: reads a part of the prompt, or draws one symbol; nil when there is no more to do.
    public mutating func step() -> REPLOutput? {
        guard var generation, let last = exchanges.indices.last else { return nil }
        self.generation = nil
        if generation.promptRead < generation.prompt.count {
            let end = PromptCutter.end(of: generation.prompt, from: generation.promptRead)
            let part = generation.prompt[generation.promptRead..<end]
            generation.report.append(model.read(String(decoding: part, as: UTF8.self), into: &context))
            generation.promptRead = end
            exchanges[last].prompt += part
            exchanges[last].afterPrompt = context
            self.generation = generation
            return .reading
        }
        if !generation.hasReported {
            generation.hasReported = true
            if let notice = generation.report.notice {
                self.generation = generation
                return .notice(notice)
            }
        }
        guard generation.symbolsLeft > 0, !endsWithStop(exchanges[last].continuation) else {
            finish()
            return nil
        }
        let bytes = model.next(&context, sampler: &sampler)
        exchanges[last].continuation += bytes
        generation.symbolsLeft -= 1
        self.generation = generation
        return .text(bytes)
    }

    /// Ends a generation; what has been read and generated stays.
    ///
    /// A prompt that was not read to its end is cut there, and the returned line tells the user.
    @discardableResult
    public mutating func interrupt() -> String? {
        guard let ended = generation else { return nil }
        generation = nil
        finish()
        guard ended.promptRead < ended.prompt.count else { return nil }
        return "stopped: \(ended.promptRead) of \(ended.prompt.count) bytes were read; /undo takes them back"
    }

    /// Begins an exchange.
    mutating func begin(prompt: [UInt8]) {
        exchanges.append(Exchange(before: context, afterPrompt: context))
        if exchanges.count > Self.undoLimit {
            let oldest = exchanges.removeFirst()
            settled += oldest.prompt
            settled += oldest.continuation
        }
        generation = Generation(prompt: prompt, symbolsLeft: length)
    }

    /// Takes the last continuation back and begins another behind the same prompt; false if there is none.
    mutating func beginAgain() -> Bool {
        guard let last = exchanges.indices.last else { return false }
        exchanges[last].continuation = []
        context = exchanges[last].afterPrompt
        generation = Generation(prompt: [], symbolsLeft: length)
        return true
    }

    /// Takes the last exchange back; false if there is none.
    mutating func undo() -> Bool {
        guard let exchange = exchanges.popLast() else { return false }
        context = exchange.before
        return true
    }

    /// Drops an exchange in which nothing was read and nothing generated: there is nothing to take back.
    private mutating func finish() {
        if let exchange = exchanges.last, exchange.prompt.isEmpty, exchange.continuation.isEmpty {
            exchanges.removeLast()
            context = exchange.before
        }
    }

    private func endsWithStop(_ continuation: [UInt8]) -> Bool {
        guard let stop, !stop.isEmpty else { return false }
        let bytes = Array(stop.utf8)
        return continuation.count >= bytes.count && continuation.suffix(bytes.count).elementsEqual(bytes)
    }
}
