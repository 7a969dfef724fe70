internal import RunicFiles

/// Reads local files by their `file:` addresses, with the responses of a server, ranges included.
struct FileTransport: CorpusTransport {
    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream {
        try CorpusError.wrapping(answer(request))
    }

    private func answer(_ request: CorpusRequest) throws(FileError) -> FileStream {
        let file = try OpenFile(CorpusAddress.path(ofFile: request.address), for: .reading)
        let status = try file.status()
        let byteCount = status.byteCount
        let (seconds, nanoseconds) = status.modified.quotientAndRemainder(dividingBy: 1_000_000_000)
        var headers = [
            "ETag": "\"\(byteCount)-\(seconds)-\(nanoseconds)\"", "Content-Length": "\(byteCount)",
        ]
        guard request.offset > 0, request.validator == nil || request.validator == headers["ETag"] else {
            return FileStream(file, CorpusResponse(status: 200, headers: headers))
        }
        guard request.offset < byteCount else {
            return FileStream(file, CorpusResponse(status: 416, headers: ["Content-Range": "bytes */\(byteCount)"]))
        }
        try file.seek(to: request.offset)
        headers["Content-Length"] = "\(byteCount - request.offset)"
        headers["Content-Range"] = "bytes \(request.offset)-\(byteCount - 1)/\(byteCount)"
        return FileStream(file, CorpusResponse(status: 206, headers: headers))
    }

    private final class FileStream: CorpusStream {
        let response: CorpusResponse
        private let file: OpenFile

        init(_ file: OpenFile, _ response: CorpusResponse) {
            self.file = file
            self.response = response
        }

        func next() throws(CorpusError) -> [UInt8]? {
            let bytes = try CorpusError.wrapping(file.read())
            return bytes.isEmpty ? nil : bytes
        }

        func cancel() {}
    }
}
