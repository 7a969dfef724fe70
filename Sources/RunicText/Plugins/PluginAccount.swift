internal import CRunicPlugin

/// The account of a plugin's input: what it has not settled yet, and what it did wrong.
///
/// A plugin reaches it through C functions, only during a call of one of its own functions and on the same thread.
final class PluginAccount {
    /// Most bytes that a plugin may write in place of others in one call.
    private static let mostNew = Int(RUNIC_PLUGIN_MOST_OUTPUT)

    /// Input, from the first byte that may be unsettled.
    private(set) var held: [UInt8] = []
    /// Bytes of ``held`` that were given to the plugin; the others are an incomplete sequence.
    var given = 0
    /// Bytes of the text before ``held``.
    private(set) var settledBefore = 0
    /// What the plugin did wrong in the last call; nil if nothing.
    private(set) var misdeed: String?

    private var settled = 0
    private var new = 0
    private var output = StageOutput()

    /// Bytes that the plugin was given and has not accounted for.
    var unsettled: Int { given - settled }

    /// Takes the next bytes of the text. Settled bytes are dropped once they outnumber the others, so all calls together are linear.
    func take(_ input: Span<UInt8>) {
        if settled > 0 && settled >= held.count - settled {
            held.removeFirst(settled)
            settledBefore += settled
            given -= settled
            settled = 0
        }
        held.append(input)
    }

    /// Begins another text.
    func restart() {
        held.removeAll(keepingCapacity: true)
        (given, settled, settledBefore) = (0, 0, 0)
    }

    /// Lends `output` to the plugin for a call.
    func begin(_ output: inout StageOutput) {
        (misdeed, new) = (nil, 0)
        swap(&self.output, &output)
    }

    /// Takes `output` back.
    func end(_ output: inout StageOutput) { swap(&self.output, &output) }

    /// The functions that take the plugin's output.
    func withFunctions<Result>(_ body: (UnsafePointer<runic_plugin_output>) -> Result) -> Result {
        var functions = unsafe runic_plugin_output(
            context: Unmanaged.passUnretained(self).toOpaque(),
            pass: { context, count in unsafe PluginAccount.at(context)?.pass(count) ?? -1 },
            replace: { context, count, bytes, length in
                unsafe PluginAccount.at(context)?.replace(count, bytes, length) ?? -1
            },
            drop: { context, count in unsafe PluginAccount.at(context)?.replace(count, nil, 0) ?? -1 })
        return unsafe withUnsafePointer(to: &functions) { unsafe body($0) }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> PluginAccount? {
        unsafe context.map { unsafe Unmanaged<PluginAccount>.fromOpaque($0).takeUnretainedValue() }
    }

    private func pass(_ count: Int) -> Int32 {
        guard canSettle(count, "passed") else { return -1 }
        output.pass(held.span.extracting(settled..<settled + count))
        settled += count
        return 0
    }

    private func replace(_ count: Int, _ bytes: UnsafePointer<UInt8>?, _ length: Int) -> Int32 {
        guard canSettle(count, "replaced or dropped") else { return -1 }
        // A size beyond the range of Int arrives as a negative number.
        guard length >= 0, length <= Self.mostNew - new else {
            return refuse("it gave more than \(Self.mostNew) new bytes in one call")
        }
        new += length
        if length == 0 {
            output.drop(count)
        } else if let bytes = unsafe bytes {
            unsafe output.replace(count, with: UnsafeBufferPointer(start: bytes, count: length).span)
        } else {
            return refuse("it gave \(length) bytes at no address (NULL)")
        }
        settled += count
        return 0
    }

    private func canSettle(_ count: Int, _ what: String) -> Bool {
        guard misdeed == nil else { return false }
        guard count >= 0, count <= unsettled else {
            let asked = UInt(bitPattern: count)
            return refuse("it \(what) \(asked) bytes, but only \(unsettled) of its input are left") == 0
        }
        return true
    }

    private func refuse(_ misdeed: String) -> Int32 {
        self.misdeed = misdeed
        return -1
    }
}
