internal import Foundation
internal import RunicFiles

/// Fetches by HTTP through the program `runic-fetch`, so only a fetch has to load a network library.
///
/// The program writes the head of the response as one line of JSON, then the body. On failure it gives the reason on standard
/// error and exits with a status other than 0.
struct HelperTransport: CorpusTransport {
    /// The path of the program.
    let program: String
    /// The time without a byte after which a connection counts as broken, in seconds.
    let patience: Double

    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream {
        try HelperStream(program, patience: patience, request)
    }

    private final class HelperStream: CorpusStream {
        private(set) var response = CorpusResponse(status: 0, headers: [:])
        private let program: String
        private let process = Process()
        private let output = Pipe()
        private let errors = Pipe()
        private let address: String
        private var rest: [UInt8] = []

        private static let longestHead = 1 << 20
        /// The status of a program that the system's loader could not start.
        private static let notStarted: Int32 = 127

        init(_ program: String, patience: Double, _ request: CorpusRequest) throws(CorpusError) {
            address = request.address
            self.program = program
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments =
                [request.address, "\(patience)"] + request.headers.sorted { $0.key < $1.key }.map { "\($0): \($1)" }
            (process.standardInput, process.standardOutput, process.standardError) =
                (FileHandle.nullDevice, output, errors)
            do {
                try process.run()
            } catch {
                throw .helper(path: program, reason: (error as NSError).localizedDescription)
            }
            try readHead()
        }

        deinit { cancel() }

        func next() throws(CorpusError) -> [UInt8]? {
            if !rest.isEmpty {
                defer { rest = [] }
                return rest
            }
            let bytes: [UInt8]
            do throws(SystemError) {
                bytes = try read()
            } catch {
                if error.isInterruption { return [] }
                throw broken("the connection was lost")
            }
            if bytes.isEmpty { try checkEnd() }
            return bytes.isEmpty ? nil : bytes
        }

        func cancel() { if process.isRunning { process.terminate() } }

        private func readHead() throws(CorpusError) {
            while !rest.contains(UInt8(ascii: "\n")) {
                let bytes: [UInt8]
                do throws(SystemError) {
                    bytes = try read()
                } catch {
                    if error.isInterruption { continue }
                    throw broken("there is no answer")
                }
                if bytes.isEmpty { try checkEnd() }
                guard !bytes.isEmpty, rest.count < Self.longestHead else { throw broken("there is no answer") }
                rest += bytes
            }
            let head = rest.prefix { $0 != UInt8(ascii: "\n") }
            guard let answer = try? JSONDecoder().decode(CorpusResponse.self, from: Data(head)) else {
                throw broken("there is no answer")
            }
            response = answer
            rest.removeFirst(head.count + 1)
        }

        private func read() throws(SystemError) -> [UInt8] {
            try Descriptor(number: output.fileHandleForReading.fileDescriptor).read(limit: 1 << 16)
        }

        private func checkEnd() throws(CorpusError) {
            let data = (try? errors.fileHandleForReading.readToEnd()) ?? nil
            process.waitUntilExit()
            guard process.terminationReason != .exit || process.terminationStatus != 0 else { return }
            let words = String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n").last.map(String.init)
            if process.terminationStatus == Self.notStarted {
                let reason = words.map { $0.hasPrefix(program + ": ") ? String($0.dropFirst(program.count + 2)) : $0 }
                throw .helperLibrary(path: program, reason: reason ?? "status \(Self.notStarted)")
            }
            throw broken(words ?? "the connection was lost")
        }

        private func broken(_ reason: String) -> CorpusError { .connection(address: address, reason: reason, kept: 0) }
    }
}
