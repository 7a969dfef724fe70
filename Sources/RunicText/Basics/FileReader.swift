package import RunicFiles

/// Reads a file, standard input, or a text in memory, in chunks.
package final class FileReader {
    private let path: String
    /// nil: standard input, or a text in memory.
    private let file: OpenFile?
    /// What is left of a text in memory; nil otherwise.
    private var content: ArraySlice<UInt8>?

    /// Opens `file`.
    ///
    /// - Throws: `TextError.unreadable`, also for a device that may never end.
    package init(_ file: TextFile) throws(TextError) {
        path = file.path
        content = file.content?[...]
        guard file.content == nil else {
            self.file = nil
            return
        }
        let isInput = path == TextFile.standardInputPath
        self.file = isInput ? nil : try TextError.wrapping(OpenFile(file.path, for: .streaming))
        guard !(self.file?.descriptor ?? .standardInput).isEndless else {
            throw .unreadable(path: path, reason: Self.endless)
        }
    }

    /// Why a device is not read.
    package static let endless = "it is a device, which may never end; name a file"

    /// Fills `buffer` from its start and returns the number of bytes, 0 at the end of the file.
    package func read(into buffer: inout [UInt8]) throws(TextError) -> Int {
        if let rest = content {
            let count = min(rest.count, buffer.count)
            buffer.replaceSubrange(0..<count, with: rest.prefix(count))
            content = rest.dropFirst(count)
            return count
        }
        while true {
            do throws(SystemError) {
                return try (file?.descriptor ?? .standardInput).read(into: &buffer)
            } catch {
                if !error.isInterruption { throw .unreadable(path: path, reason: error.reason) }
            }
        }
    }
}

extension TextError: WrapsFileError {
    package init(_ error: FileError) { self = .unreadable(path: error.path, reason: error.reason) }
}
