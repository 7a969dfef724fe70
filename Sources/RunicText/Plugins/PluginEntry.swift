internal import CRunicPlugin
internal import Glibc

/// One stage of a plugin, with its name and all its functions.
///
/// Unchecked: its pointers belong to a library that stays loaded, and its functions may be called from any thread.
@safe struct PluginEntry: @unchecked Sendable {
    typealias Create =
        @convention(c) (UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutablePointer<runic_plugin_error>?)
        -> UnsafeMutableRawPointer?
    typealias Process =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int, UnsafePointer<runic_plugin_output>?,
            UnsafeMutablePointer<runic_plugin_error>?
        ) -> Int32
    typealias Finish =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<runic_plugin_output>?, UnsafeMutablePointer<runic_plugin_error>?
        ) -> Int32
    typealias Destroy = @convention(c) (UnsafeMutableRawPointer?) -> Void

    /// The plugin's file.
    let path: String
    let name: String
    let version: Int
    let isLossless: Bool
    let isSplittable: Bool
    let create: Create
    let process: Process
    let finish: Finish
    let destroy: Destroy

    /// - Parameter number: its number in the plugin, from 1 on.
    /// - Throws: `TextError.plugin` for an invalid name, else `.pluginStage`.
    init(_ stage: runic_plugin_stage, number: Int, path: String) throws(TextError) {
        guard let start = unsafe stage.name else {
            throw .plugin(path: path, reason: "stage \(number) of the plugin has no name (NULL)")
        }
        let length = unsafe strnlen(start, Self.mostName + 1)
        let bytes = (0..<length).map { unsafe UInt8(bitPattern: start[$0]) }
        let name = oneLine(String(decoding: bytes, as: UTF8.self))
        guard length > 0 else {
            throw .plugin(path: path, reason: "the name of stage \(number) of the plugin is empty")
        }
        guard length <= Self.mostName, bytes.allSatisfy(Self.isPartOfName) else {
            throw .plugin(
                path: path,
                reason: "stage \(number) of the plugin is named '\(name)'; a name has at most \(Self.mostName) ASCII "
                    + "letters, digits, - and _")
        }
        func refusal(_ reason: String) -> TextError {
            .pluginStage(path: path, stage: name, text: nil, reason: reason)
        }
        guard name != SegmentOptions.stageName, !StageRegistry.builtIn.names.contains(name) else {
            throw refusal("the name is that of a built-in stage; the plugin must give it another one")
        }
        let (version, flags) = unsafe (stage.version, stage.flags)
        guard version > 0 else { throw refusal("its version is 0; versions begin with 1") }
        let lossless = UInt32(RUNIC_PLUGIN_LOSSLESS)
        let splittable = UInt32(RUNIC_PLUGIN_SPLITTABLE)
        guard flags & ~(lossless | splittable) == 0 else {
            throw refusal("its flags are \(flags), of which some are not known")
        }
        guard let create = unsafe stage.create else { throw refusal("its function 'create' is missing (NULL)") }
        guard let process = unsafe stage.process else { throw refusal("its function 'process' is missing (NULL)") }
        guard let finish = unsafe stage.finish else { throw refusal("its function 'finish' is missing (NULL)") }
        guard let destroy = unsafe stage.destroy else { throw refusal("its function 'destroy' is missing (NULL)") }
        self.path = path
        self.name = name
        self.version = Int(version)
        isLossless = flags & lossless != 0
        isSplittable = flags & splittable != 0
        unsafe (self.create, self.process, self.finish, self.destroy) = (create, process, finish, destroy)
    }

    private static let mostName = Int(RUNIC_PLUGIN_MOST_NAME)

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
