internal import CRunicPlugin

/// A plugin's handle for one text, with all checks around the calls of its functions.
@safe final class PluginHandle {
    /// Most bytes in one call, so that they and an incomplete sequence stay within the limit of the header.
    static let mostTaken = Int(RUNIC_PLUGIN_MOST_INPUT) - 3
    /// Most bytes kept for a plugin that does not account for them.
    private static let mostHeld = Int(RUNIC_PLUGIN_MOST_HELD)

    private let entry: PluginEntry
    /// The text's path.
    private let text: String
    private let stage: UnsafeMutableRawPointer
    private let account = PluginAccount()
    private var check = UTF8Check()
    /// Why it must not be called again; nil if it may.
    private var failure: TextError?

    /// - Throws: `TextError.pluginStage` for options that the stage refuses, or if it cannot be made.
    init(_ entry: PluginEntry, options: [String: String], path: String) throws(TextError) {
        self.entry = entry
        text = path
        let options = PluginOptions.json(options)
        var error = runic_plugin_error()
        guard let stage = unsafe entry.create(options, path, &error) else {
            let reason = Self.reason(&error) ?? "it was not made, and does not say why"
            throw .pluginStage(
                path: entry.path, stage: entry.name, text: nil, reason: oneLine("\(reason) (options \(options))"))
        }
        unsafe self.stage = stage
    }

    deinit { unsafe entry.destroy(stage) }

    /// Passes the next bytes to the plugin, in whole code points.
    ///
    /// - Parameter input: at most ``mostTaken`` bytes.
    func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        if let failure { throw failure }
        account.take(input)
        let held = account.held
        let found = utf8(held.span.extracting(account.given..<held.count))
        if found.bad > 0 && !found.isTruncated { throw invalidInput(after: found.valid) }
        guard found.valid > 0 else { return }
        let start = account.given
        account.given += found.valid
        try unsafe call(into: &output) { functions, error in
            unsafe held.withUnsafeBufferPointer { bytes in
                unsafe entry.process(stage, bytes.baseAddress.map { unsafe $0 + start }, found.valid, functions, error)
            }
        }
        guard account.unsettled <= Self.mostHeld else {
            throw fail("it leaves \(account.unsettled) bytes unaccounted for; \(Self.mostHeld) is the limit")
        }
    }

    /// Ends the text.
    func finish(into output: inout StageOutput) throws(TextError) {
        if let failure { throw failure }
        guard account.given == account.held.count else { throw invalidInput(after: 0) }
        try unsafe call(into: &output) { functions, error in unsafe entry.finish(stage, functions, error) }
        guard account.unsettled == 0 else {
            let all = account.settledBefore + account.held.count
            throw fail("it accounted for \(all - account.unsettled) of \(all) bytes of its input")
        }
        guard check.isWhole else { throw fail("its output ends within a UTF-8 sequence") }
        account.restart()
        check = UTF8Check()
    }

    /// Calls a function of the plugin and checks the result.
    private func call(
        into output: inout StageOutput,
        _ function: (UnsafePointer<runic_plugin_output>, UnsafeMutablePointer<runic_plugin_error>) -> Int32
    ) throws(TextError) {
        var error = runic_plugin_error()
        let start = output.bytes.count
        account.begin(&output)
        let status = unsafe account.withFunctions { functions in unsafe function(functions, &error) }
        account.end(&output)
        if let misdeed = account.misdeed { throw fail(misdeed) }
        if status != 0 { throw fail(Self.reason(&error) ?? "it failed, and does not say why") }
        if let wrong = check.firstWrong(output.bytes.span.extracting(start..<output.bytes.count)) {
            let shown = wrong.bytes.map { "0x" + hexadecimal([$0]).uppercased() }.joined(separator: " ")
            throw fail("byte \(wrong.offset) of its output is not UTF-8 (\(shown))")
        }
    }

    private func invalidInput(after valid: Int) -> TextError {
        let offset = account.settledBefore + account.given + valid
        return fail("byte \(offset) of its input is not UTF-8; put the stage after 'decode'")
    }

    private func fail(_ reason: String) -> TextError {
        let error = TextError.pluginStage(path: entry.path, stage: entry.name, text: text, reason: reason)
        failure = error
        return error
    }

    /// The error text of the plugin, as one line; nil if it is empty.
    private static func reason(_ error: inout runic_plugin_error) -> String? {
        let bytes = unsafe withUnsafeBytes(of: &error.text) { unsafe Array($0.prefix { $0 != 0 }) }
        return bytes.isEmpty ? nil : oneLine(String(decoding: bytes, as: UTF8.self))
    }
}

/// Options in the form that plugins read.
enum PluginOptions {
    /// A JSON object of strings: names sorted by their scalars, no spaces, only the escapes that JSON requires.
    static func json(_ options: [String: String]) -> String {
        let sorted = options.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
        return "{" + sorted.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result.append(contentsOf: ["\\", scalar])
            case "\u{0}"..<"\u{20}":
                result.append(
                    contentsOf: "\\u00\(hexadecimal([UInt8(truncatingIfNeeded: scalar.value)]))".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }
}
