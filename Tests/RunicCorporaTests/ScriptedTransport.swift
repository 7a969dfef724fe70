import Foundation
import Testing

@testable import RunicCorpora

/// Answers requests one after the other with what it is given, and remembers them.
final class ScriptedTransport: CorpusTransport, @unchecked Sendable {
    /// An answer: its head, the pieces of its body, and why it breaks at the end, if it does.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: [[UInt8]]
        var breaks: String?

        init(_ status: Int, _ headers: [String: String] = [:], body: [[UInt8]] = [], breaks: String? = nil) {
            self.status = status
            self.headers = headers
            self.body = body
            self.breaks = breaks
        }

        /// The whole of a file.
        static func whole(_ bytes: [UInt8], tag: String? = nil) -> Answer {
            var headers = ["Content-Length": "\(bytes.count)"]
            headers["ETag"] = tag
            return Answer(200, headers, body: [bytes])
        }

        /// The first `count` bytes of a file, and then a cut.
        static func cut(_ bytes: [UInt8], after count: Int, tag: String? = nil) -> Answer {
            var answer = whole(bytes, tag: tag)
            (answer.body, answer.breaks) = ([Array(bytes.prefix(count))], "cut")
            return answer
        }

        /// A file from a byte on.
        static func rest(_ bytes: [UInt8], from start: Int, tag: String? = nil) -> Answer {
            var headers = ["Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"]
            headers["ETag"] = tag
            return Answer(206, headers, body: [Array(bytes[start...])])
        }
    }

    private var answers: [Answer]
    private(set) var requests: [CorpusRequest] = []

    init(_ answers: [Answer]) { self.answers = answers }

    var isUsedUp: Bool { answers.isEmpty }

    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream {
        requests.append(request)
        guard !answers.isEmpty else { throw .connection(address: request.address, reason: "no more answers", kept: 0) }
        return Stream(answers.removeFirst(), address: request.address)
    }

    private final class Stream: CorpusStream {
        let response: CorpusResponse
        private var body: [[UInt8]]
        private let breaks: String?
        private let address: String

        init(_ answer: Answer, address: String) {
            response = CorpusResponse(status: answer.status, headers: answer.headers)
            (body, breaks, self.address) = (answer.body, answer.breaks, address)
        }

        func next() throws(CorpusError) -> [UInt8]? {
            if !body.isEmpty { return body.removeFirst() }
            if let breaks { throw .connection(address: address, reason: breaks, kept: 0) }
            return nil
        }

        func cancel() {}
    }
}
