internal import CRunicPlugin
internal import Glibc
internal import RunicFiles

/// A shared library in this process: found only by its path, hashed, and never unloaded.
@safe struct PluginLibrary {
    typealias Describe = @convention(c) () -> UnsafePointer<runic_plugin>?

    let path: String
    let sha256: String
    /// The exported description.
    let describe: Describe

    /// - Parameter expected: the hash that the file must have, checked before it is loaded.
    /// - Throws: `TextError.plugin`.
    init(path given: String, sha256 expected: String?) throws(TextError) {
        let path = try Self.absolute(given)
        let sha256 = try Self.hash(path)
        if let expected, expected != sha256 {
            throw .plugin(
                path: path,
                reason: "the plugin has SHA-256 \(sha256), but the one with \(expected) is needed; restore that file")
        }
        // A path that begins with a slash is not searched for.
        guard let handle = unsafe dlopen(PathBytes.terminated(path), RTLD_NOW | RTLD_LOCAL) else {
            throw .plugin(path: path, reason: "cannot be loaded as a shared library: \(Self.lastReason(path))")
        }
        // The loaded file is the hashed one only if nobody wrote to it in between.
        guard try Self.hash(path) == sha256 else {
            throw .plugin(path: path, reason: "the file was changed while it was loaded; try again")
        }
        guard let symbol = unsafe dlsym(handle, Self.symbol) else {
            throw .plugin(
                path: path, reason: "the library does not export \(Self.symbol), so it is no plugin; see runic_plugin.h"
            )
        }
        self.path = path
        self.sha256 = sha256
        unsafe describe = unsafe unsafeBitCast(symbol, to: Describe.self)
    }

    private static let symbol = "runic_plugin_describe"

    static func absolute(_ path: String) throws(TextError) -> String {
        guard !path.isEmpty else { throw .plugin(path: "plugin", reason: "the path is empty; name a shared library") }
        guard path.utf8.first != UInt8(ascii: "/") else { return path }
        guard let folder = unsafe getcwd(nil, 0) else { throw .plugin(path: path, reason: SystemError.last.reason) }
        defer { unsafe free(folder) }
        return unsafe String(cString: folder) + "/" + path
    }

    static func hash(_ path: String) throws(TextError) -> String {
        if let kind = FilePath.kind(path), kind != .file {
            throw .plugin(path: path, reason: "is not a regular file; name a shared library")
        }
        do throws(FileError) {
            let file = try OpenFile(path, for: .reading)
            var hash = SHA256()
            while true {
                let bytes = try file.read(limit: 1 << 16)
                guard !bytes.isEmpty else { return hash.hexadecimalDigest }
                hash.update(bytes.span)
            }
        } catch {
            throw .plugin(path: path, reason: "the plugin cannot be read: \(error.reason)")
        }
    }

    /// The loader's message for its last failure, without the path at its start.
    private static func lastReason(_ path: String) -> String {
        guard let text = unsafe dlerror() else { return "no reason is given" }
        let reason = unsafe String(cString: text)
        return oneLine(reason.hasPrefix(path + ": ") ? String(reason.dropFirst(path.count + 2)) : reason)
    }
}

/// The text without characters that would break a line or a terminal.
func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
}
