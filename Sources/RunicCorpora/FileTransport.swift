/// Takes files from the machine itself, by their `file:` addresses; it answers as a server would, ranges included.
struct FileTransport: CorpusTransport {
    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream {
        let file = try LocalFile(CorpusAddress.path(ofFile: request.address), for: .reading)
        let byteCount = try file.byteCount()
        var headers = ["ETag": try file.version(), "Content-Length": "\(byteCount)"]
        guard request.offset > 0, request.validator == nil || request.validator == headers["ETag"] else {
            return FileStream(file, CorpusResponse(status: 200, headers: headers))
        }
        guard request.offset < byteCount else {
            return FileStream(file, CorpusResponse(status: 416, headers: ["Content-Range": "bytes */\(byteCount)"]))
        }
        try file.move(to: request.offset)
        headers["Content-Length"] = "\(byteCount - request.offset)"
        headers["Content-Range"] = "bytes \(request.offset)-\(byteCount - 1)/\(byteCount)"
        return FileStream(file, CorpusResponse(status: 206, headers: headers))
    }

    private final class FileStream: CorpusStream {
        let response: CorpusResponse
        private let file: LocalFile

        init(_ file: LocalFile, _ response: CorpusResponse) {
            self.file = file
            self.response = response
        }

        func next() throws(CorpusError) -> [UInt8]? {
            let bytes = try file.read()
            return bytes.isEmpty ? nil : bytes
        }

        func cancel() {}
    }
}
