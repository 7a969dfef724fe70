/// How this process was started.
package enum ProcessArguments {
    /// The arguments after the program's name; bytes that are not UTF-8 as ``PathBytes`` holds them.
    ///
    /// `CommandLine.arguments` would replace these bytes, and the files they name could not be opened.
    package static let all: [String] = {
        let arguments = unsafe UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        return unsafe arguments.dropFirst().compactMap { unsafe $0.map { unsafe PathBytes.path(cString: $0) } }
    }()

    /// The path of the program, links resolved; nil where the system does not tell.
    package static var program: String? { FilePath.resolved("/proc/self/exe") }
}

extension PathBytes {
    /// The string of a path that ends in a zero byte.
    static func path(cString name: UnsafePointer<CChar>) -> String {
        var bytes: [UInt8] = []
        var next = unsafe name
        while unsafe next.pointee != 0 {
            unsafe bytes.append(UInt8(bitPattern: next.pointee))
            unsafe next += 1
        }
        return path(bytes)
    }
}
