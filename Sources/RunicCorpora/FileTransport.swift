/// Takes files from the machine itself, by their `file:` addresses.
struct FileTransport: CorpusTransport {
    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream {
        let file = try LocalFile(CorpusAddress.path(ofFile: request.address), for: .reading)
        return FileStream(file, byteCount: try file.byteCount())
    }

    private final class FileStream: CorpusStream {
        let response: CorpusResponse
        private let file: LocalFile

        init(_ file: LocalFile, byteCount: Int) {
            self.file = file
            response = CorpusResponse(status: 200, headers: ["Content-Length": "\(byteCount)"])
        }

        func next() throws(CorpusError) -> [UInt8]? {
            let bytes = try file.read()
            return bytes.isEmpty ? nil : bytes
        }

        func cancel() {}
    }
}
