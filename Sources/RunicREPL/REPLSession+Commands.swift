internal import RunicSampling
internal import RunicDisplay

extension REPLSession {
    mutating func perform(_ command: SlashCommand, value: String) throws(CommandError) -> REPLAction {
        switch command {
        case .temperature, .topK, .topP, .minP, .seed, .length, .stop, .newline:
            if value.isEmpty { return .answer(describe(command)) }
            try change(command, to: value)
            if command == .stop, let problem = stopProblem { return .warning(problem) }
            return .confirmation(describe(command))
        case .show: return .answer(overview)
        case .help: return .answer(SlashCommand.helpText(readsEscapes: readsEscapes))
        case .quit: return .quit
        case .clear:
            clear()
            return .confirmation("the text is empty again")
        case .undo:
            guard undo() else { throw CommandError("there is nothing to take back") }
            return .confirmation("taken back; \(size)")
        case .regen:
            guard beginAgain() else {
                throw CommandError("there is no continuation to draw again; type some text first")
            }
            return .generate
        case .load:
            let path = unquoted(value)
            guard !path.isEmpty else { throw CommandError("/load needs the file of a model: /load FILE") }
            return .load(path)
        }
    }

    private mutating func change(_ command: SlashCommand, to value: String) throws(CommandError) {
        let off = command.canBeOff && ["off", "none"].contains(value.lowercased())
        var changed = settings
        switch command {
        case .temperature: changed.temperature = try number(value, for: command)
        case .topK: changed.topK = off ? nil : try wholeNumber(value, for: command)
        case .topP: changed.topP = off ? nil : try number(value, for: command)
        case .minP: changed.minP = off ? nil : try number(value, for: command)
        case .seed:
            changed.seed = off ? nil : try wholeNumber(value, for: command)
            try reseed(changed)
            return
        case .length:
            let length: Int = try wholeNumber(value, for: command)
            guard (0...Self.maximumLength).contains(length) else {
                throw CommandError("length cannot be \(length); give a whole number from 0 to \(Self.maximumLength)")
            }
            self.length = length
            return
        case .stop:
            stop = off ? nil : try TypedLine.text(value, readsEscapes: readsEscapes)
            return
        case .newline:
            guard let reads = ["on": true, "off": false][value.lowercased()] else {
                throw CommandError("newline cannot be \"\(TypedLine.shortened(value))\"; give on or off")
            }
            readsNewline = reads
            return
        default: return
        }
        do {
            try sampler.update(changed, registry: registry)
            settings = changed
        } catch {
            guard case .invalidSetting = error else { throw CommandError("\(error)") }
            throw refusal("\(error)", of: command)
        }
    }

    private mutating func reseed(_ changed: SamplerSettings) throws(CommandError) {
        do {
            sampler = try Sampler(
                settings: changed, vocabularySize: model.vocabularySize, banned: model.bannedIdentifiers,
                registry: registry)
            settings = changed
        } catch {
            throw CommandError("\(error)")
        }
    }

    /// The refusal of a value, which mentions `off` if the command takes it.
    private func refusal(_ reason: String, of command: SlashCommand) -> CommandError {
        CommandError(command.canBeOff ? "\(reason), or off" : reason)
    }

    private func number(_ value: String, for command: SlashCommand) throws(CommandError) -> Double {
        guard let number = Double(value) else {
            throw refusal(
                "\(command.rawValue) cannot be \"\(TypedLine.shortened(value))\"; give a number, such as 0.7",
                of: command)
        }
        return number
    }

    private func wholeNumber<Number: FixedWidthInteger>(
        _ value: String, for command: SlashCommand
    ) throws(CommandError) -> Number {
        guard let number = Number(value) else {
            throw refusal(
                "\(command.rawValue) cannot be \"\(TypedLine.shortened(value))\"; give a whole number, such as 40",
                of: command)
        }
        return number
    }

    private func describe(_ command: SlashCommand) -> String {
        let value =
            switch command {
            case .temperature: "\(settings.temperature)"
            case .topK: settings.topK.map { "\($0)" } ?? "off"
            case .topP: settings.topP.map { "\($0)" } ?? "off"
            case .minP: settings.minP.map { "\($0)" } ?? "off"
            case .seed: settings.seed.map { "\($0)" } ?? "off (now \(seed))"
            case .length: "\(length)"
            case .stop: stop.map { "\"\(TextEscapes.escape($0))\"" } ?? "off"
            case .newline: readsNewline ? "on" : "off"
            default: ""
            }
        return "\(command.rawValue) \(value)"
    }

    private var overview: String {
        let drawing = [SlashCommand.temperature, .topK, .topP, .minP, .seed].map(describe).joined(separator: ", ")
        let writing = [SlashCommand.length, .stop, .newline].map(describe).joined(separator: ", ")
        return [model.name, model.summary, drawing, writing, size].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var size: String {
        let bytes = turns.reduce(settled.count) { $0 + $1.prompt.count + $1.continuation.count }
        return
            "the text has \(bytes) bytes; \(turns.count) turn\(turns.count == 1 ? "" : "s") can be taken back"
    }

    private func unquoted(_ value: String) -> String {
        guard value.count >= 2, let quote = value.first, quote == "\"" || quote == "'", value.last == quote else {
            return value
        }
        return String(value.dropFirst().dropLast())
    }
}
