internal import Glibc

/// An open file by its number, read and written without buffering; it does not own the file and never closes it.
package struct Descriptor: Hashable, Sendable {
    package static let standardInput = Descriptor(number: 0)
    package static let standardOutput = Descriptor(number: 1)
    package static let standardError = Descriptor(number: 2)

    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// Takes the numbers of standard streams that are closed, so that no other file gets them; using one is still an error.
    package static func reserveStandardStreams() {
        for (stream, use) in [(standardInput, O_WRONLY), (standardOutput, O_RDONLY), (standardError, O_RDONLY)]
        where fcntl(stream.number, F_GETFD) < 0 {
            // The system gives the lowest free number, and those before this one are taken.
            _ = unsafe open("/dev/null", use)
        }
    }

    package var isTerminal: Bool { isatty(number) == 1 }

    /// Reads the bytes available, up to the size of the buffer.
    ///
    /// - Returns: the number of bytes; 0 at the end.
    /// - Throws: `SystemError`; one that `isInterruption` if a signal came first.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let count = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw .last }
        return count
    }

    /// Reads the bytes available into an array, up to its size.
    package func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        let size = buffer.count
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, size) }
        guard count >= 0 else { throw .last }
        return count
    }

    /// Reads the bytes available, at most `limit`; none at the end.
    package func read(limit: Int) throws(SystemError) -> [UInt8] {
        var result = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            result = unsafe Glibc.read(number, buffer.baseAddress, limit)
            count = max(result, 0)
        }
        guard result >= 0 else { throw .last }
        return bytes
    }

    /// Writes all bytes, and waits where the file takes no more for now.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            let count = unsafe Glibc.write(number, rest.baseAddress, rest.count)
            if count > 0 {
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count == 0 {
                throw SystemError(number: EIO)
            } else if errno == EAGAIN {
                var wait = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&wait, 1, -1)
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// Writes all bytes of an array.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(SystemError) in
            try unsafe write(UnsafeRawBufferPointer(bytes))
        }
    }
}
