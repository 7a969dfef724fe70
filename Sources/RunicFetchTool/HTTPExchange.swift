internal import Foundation
internal import FoundationNetworking
internal import RunicCorpora

/// One request and its response, which is written to standard output as it arrives.
///
/// Unchecked: only the session's serial queue changes anything, until `ended` is signalled.
final class HTTPExchange: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let request: URLRequest
    private let patience: Double
    private let answered = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let queue = WaitingQueue(places: 64)
    private var reason: String?

    /// A request for `url`.
    init(_ url: URL, patience: Double, fields: [(name: String, value: String)]) {
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: patience)
        for field in fields { request.setValue(field.value, forHTTPHeaderField: field.name) }
        self.request = request
        self.patience = patience
    }

    /// The head of a response may take so many times as long as the first byte.
    private static let headPatience = 4.0

    /// Runs the exchange to its end.
    ///
    /// - Returns: why it failed; nil if it did not.
    func run() -> String? {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = patience
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
        session.dataTask(with: request).resume()
        // Every byte of a head renews the session's patience.
        guard answered.wait(timeout: .now() + Self.headPatience * patience) == .success else {
            session.invalidateAndCancel()
            return "the server does not get to the end of its answer's head"
        }
        ended.wait()
        return reason
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        guard let answer = response as? HTTPURLResponse else {
            reason = "the answer is not HTTP"
            answered.signal()
            return completionHandler(.cancel)
        }
        var headers: [String: String] = [:]
        for (name, value) in answer.allHeaderFields {
            if let name = name as? String, let value = value as? String { headers[name] = value }
        }
        answered.signal()
        let head = CorpusResponse(status: answer.statusCode, headers: headers)
        write((try? JSONEncoder().encode(head)) ?? Data())
        write(Data("\n".utf8))
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        write(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { reason = reason ?? Self.words(error) }
        answered.signal()
        ended.signal()
    }

    private func write(_ data: Data) {
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            // The reader is gone.
            exit(1)
        }
    }

    private static func words(_ error: any Error) -> String {
        let error = error as NSError
        return switch error.code {
        case NSURLErrorTimedOut: "the server is silent"
        case NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed: "the server's name is not known"
        case NSURLErrorCannotConnectToHost: "the server takes no connection"
        case NSURLErrorNetworkConnectionLost: "the connection was lost"
        case NSURLErrorNotConnectedToInternet: "there is no network"
        case NSURLErrorSecureConnectionFailed: "there is no secure connection"
        case NSURLErrorServerCertificateUntrusted, NSURLErrorServerCertificateHasBadDate,
            NSURLErrorServerCertificateHasUnknownRoot, NSURLErrorServerCertificateNotYetValid:
            "the server's certificate cannot be trusted"
        // libcurl has no code of its own for a body that ends too early.
        case NSURLErrorUnknown where error.localizedDescription.hasPrefix("transfer closed"): "the connection was lost"
        default: error.localizedDescription
        }
    }
}
