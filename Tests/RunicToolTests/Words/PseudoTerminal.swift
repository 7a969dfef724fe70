import Foundation
import Glibc
import Testing

/// `runic` on a terminal of its own, 80 columns by 24 lines.
final class PseudoTerminal {
    private let process = Process()
    private let main: Int32
    private var seen: [UInt8] = []

    /// Everything that the terminal was sent.
    var screen: String { String(decoding: seen, as: UTF8.self) }

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        main = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(main >= 0)
        // TIOCSPTLCK and TIOCGPTN, which the C library's module leaves out: unlock the other side, and its number.
        var (locked, number): (Int32, Int32) = (0, 0)
        try #require(unsafe ioctl(main, 0x4004_5431, &locked) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
        let side = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(side >= 0)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(main, UInt(TIOCSWINSZ), &size)
        let handle = FileHandle(fileDescriptor: side, closeOnDealloc: true)
        process.executableURL = URL(fileURLWithPath: Tool.path)
        process.arguments = arguments
        (process.standardInput, process.standardOutput, process.standardError) = (handle, handle, handle)
        let own = ["LANG": "C.UTF-8", "TERM": "xterm-256color", "HOME": "/nonexistent", "XDG_STATE_HOME": ""]
        process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "NO_COLOR" }
            .merging(own) { $1 }.merging(environment) { $1 }
        try process.run()
        try handle.close()
    }

    deinit {
        process.terminate()
        close(main)
    }

    /// Types.
    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = unsafe write(main, bytes, bytes.count)
    }

    /// Waits until the terminal was sent `text` in addition to what was waited for before, for up to a minute.
    ///
    /// - Returns: what came since, `text` included.
    @discardableResult
    func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let start = seen.count
        let end = Date().addingTimeInterval(60)
        var buffer = [UInt8](repeating: 0, count: 4096)
        while Date() < end {
            var waiting = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&waiting, 1, 200) > 0 {
                let count = unsafe read(main, &buffer, buffer.count)
                if count <= 0 { break }
                seen += buffer[..<count]
            }
            let new = String(decoding: seen[start...], as: UTF8.self)
            if new.contains(text) { return new }
        }
        Issue.record("no \(text.debugDescription) in \(screen.debugDescription)", sourceLocation: sourceLocation)
        throw CancellationError()
    }
}
