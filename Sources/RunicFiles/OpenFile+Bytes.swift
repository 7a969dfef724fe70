internal import Glibc

/// Reading and writing from the current position on.
extension OpenFile {
    /// Moves the position to a byte.
    package func seek(to offset: Int) throws(FileError) {
        guard lseek(descriptor.number, off_t(offset), SEEK_SET) == offset else { throw failure("cannot be read") }
    }

    /// Reads the next bytes into an array, up to its size.
    ///
    /// - Returns: the number of bytes; 0 at the end.
    package func read(into buffer: inout [UInt8]) throws(FileError) -> Int {
        while true {
            do throws(SystemError) {
                return try descriptor.read(into: &buffer)
            } catch {
                if !error.isInterruption { throw failure("cannot be read", error) }
            }
        }
    }

    /// The next bytes, at most `limit`; none at the end.
    package func read(limit: Int = 1 << 18) throws(FileError) -> [UInt8] {
        while true {
            do throws(SystemError) {
                return try descriptor.read(limit: limit)
            } catch {
                if !error.isInterruption { throw failure("cannot be read", error) }
            }
        }
    }

    /// Writes all bytes.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        do throws(SystemError) {
            try unsafe descriptor.write(bytes)
        } catch {
            throw failure("cannot be written", error)
        }
    }

    /// Writes all bytes of an array.
    package func write(_ bytes: [UInt8]) throws(FileError) {
        do throws(SystemError) {
            try descriptor.write(bytes)
        } catch {
            throw failure("cannot be written", error)
        }
    }

    /// Makes the file `byteCount` bytes long, and moves the position to its end.
    package func truncate(to byteCount: Int) throws(FileError) {
        guard ftruncate(descriptor.number, off_t(byteCount)) == 0, lseek(descriptor.number, 0, SEEK_END) >= 0 else {
            throw failure("cannot be written")
        }
    }
}

/// Reading and writing at any place, by any number of threads at once; the position stays.
extension OpenFile {
    /// Fills a buffer with the bytes from `offset` on.
    ///
    /// - Throws: `FileError`, also if the file ends before that.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) {
        var (rest, position) = unsafe (buffer, offset)
        while unsafe !rest.isEmpty {
            let count = unsafe pread(descriptor.number, rest.baseAddress, rest.count, position)
            guard count > 0 else {
                if count < 0 && errno == EINTR { continue }
                guard count == 0 else { throw failure("cannot be read") }
                throw FileError(path: path, problem: "became shorter while it was read; try again")
            }
            position += count
            unsafe rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Writes all bytes from `offset` on.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        var (rest, position) = unsafe (bytes, offset)
        while unsafe !rest.isEmpty {
            let count = unsafe pwrite(descriptor.number, rest.baseAddress, rest.count, position)
            guard count > 0 else {
                if count < 0 && errno == EINTR { continue }
                throw failure("cannot be written")
            }
            position += count
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
