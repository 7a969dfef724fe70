internal import Glibc

/// An open file by its number, read and written without buffering; it does not own the file and never closes it.
package struct Descriptor: Hashable, Sendable {
    package static let standardInput = Descriptor(number: 0)
    package static let standardOutput = Descriptor(number: 1)
    package static let standardError = Descriptor(number: 2)

    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// Takes the numbers of standard streams that are closed, so that no file gets one and messages in it; whoever uses such
    /// a stream is refused. A closed pipe from then on is an error of the write and not the end of the process.
    package static func guardStandardStreams() {
        // The system gives out the lowest free number.
        for number in Int32(0)...2 where fcntl(number, F_GETFD) < 0 {
            _ = unsafe open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
        }
        _ = signal(SIGPIPE, SIG_IGN)
    }

    package var isTerminal: Bool { isatty(number) == 1 }

    /// Whether reading may never end: a device, such as `/dev/zero`, but no terminal, and not `/dev/null`.
    package var isEndless: Bool {
        var status = stat()
        guard unsafe fstat(number, &status) == 0, [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) else {
            return false
        }
        var null = stat()
        let isNull = unsafe stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev
        return !isNull && !isTerminal
    }

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
