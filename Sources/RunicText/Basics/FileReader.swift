internal import Glibc

/// Reads a file, or standard input, in chunks.
package final class FileReader {
    private let path: String
    private let descriptor: Int32

    /// Opens `file`.
    package init(_ file: TextFile) throws(TextError) {
        path = file.path
        descriptor = path == TextFile.standardInputPath ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
    }

    deinit {
        if descriptor > STDIN_FILENO { close(descriptor) }
    }

    /// Fills `buffer` from its start and returns the number of bytes, 0 at the end of the file.
    package func read(into buffer: inout [UInt8]) throws(TextError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            guard errno == EINTR else { throw .unreadable(path: path, reason: systemReason()) }
        }
    }
}
