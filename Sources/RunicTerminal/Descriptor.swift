#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// An open file by its number, read and written without buffering; it is not closed by itself.
struct Descriptor: Hashable, Sendable {
    static let standardInput = Descriptor(number: 0)
    static let standardOutput = Descriptor(number: 1)
    static let standardError = Descriptor(number: 2)

    let number: Int32

    init(number: Int32) {
        self.number = number
    }

    /// Opens a private file to append to, making it with mode 0600; an existing one is set to this mode.
    init?(appendingTo path: String) {
        number = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        if number < 0 { return nil }
        _ = fchmod(number, 0o600)
    }

    var isTerminal: Bool { isatty(number) == 1 }

    func close() {
        #if canImport(Darwin)
            _ = Darwin.close(number)
        #elseif canImport(Musl)
            _ = Musl.close(number)
        #else
            _ = Glibc.close(number)
        #endif
    }

    /// Reads what is there, up to the size of the buffer: the number of bytes, 0 at the end, nil if a signal came first.
    func read(into buffer: inout [UInt8]) -> Int? {
        let size = buffer.count
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            #if canImport(Darwin)
                unsafe Darwin.read(number, bytes.baseAddress, size)
            #elseif canImport(Musl)
                unsafe Musl.read(number, bytes.baseAddress, size)
            #else
                unsafe Glibc.read(number, bytes.baseAddress, size)
            #endif
        }
        if count >= 0 { return count }
        return errno == EINTR ? nil : 0
    }

    /// Writes all bytes; false if the file takes no more.
    func write(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[written...])
                #if canImport(Darwin)
                    return unsafe Darwin.write(number, rest.baseAddress, rest.count)
                #elseif canImport(Musl)
                    return unsafe Musl.write(number, rest.baseAddress, rest.count)
                #else
                    return unsafe Glibc.write(number, rest.baseAddress, rest.count)
                #endif
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                var wait = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&wait, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
