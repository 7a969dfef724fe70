internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Runic

/// Continues the body of each request, piece by piece, until the text ends or the client goes away.
///
///     swift run -c release --package-path Examples/server Server models/hearth-gru.runic 8080
///     curl --no-buffer --data "The fox said" http://127.0.0.1:8080/
@main
struct Server {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// Most bytes of a prompt.
    private static let longestPrompt = 64 << 10

    let model: TextModel

    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let port = Int(arguments[2]), (0...65_535).contains(port) else {
            log("usage: Server MODEL PORT")
            exit(64)
        }
        do {
            try await Server(model: TextModel(path: arguments[1])).listen(port: port)
        } catch {
            log("Server: \(error)")
            exit(1)
        }
    }

    private static func log(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    private func listen(port: Int) async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Without assistance for pipelining, which would not notice that a client leaves before its answer ends.
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        Self.log("listening on port \(listener.channel.localAddress?.port ?? port)")
        try await listener.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    // A client that leaves is an error of its connection, not of the server.
                    group.addTask { try? await serve(connection) }
                }
            }
        }
    }

    /// Answers the one request of a connection, and stops when the client leaves.
    private func serve(_ connection: Connection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup(of: Void.self) { group in
                var prompt = ByteBuffer()
                for try await part in inbound {
                    switch part {
                    case .head: break
                    case .body(let bytes):
                        guard prompt.readableBytes + bytes.readableBytes <= Self.longestPrompt else { return }
                        prompt.writeImmutableBuffer(bytes)
                    case .end:
                        let text = String(buffer: prompt)
                        group.addTask { try await answer(text, outbound) }
                    }
                }
                // The client has closed the connection; the writer may be within a stream.
                group.cancelAll()
            }
        }
    }

    private func answer(_ prompt: String, _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>)
        async throws
    {
        let headers: HTTPHeaders = [
            "content-type": "text/plain; charset=utf-8", "transfer-encoding": "chunked", "connection": "close",
        ]
        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)))
        var pieces = 0
        do {
            let settings = SamplerSettings(temperature: 0.7)
            for try await piece in model.stream(prompt: prompt, length: 20_000, settings: settings) {
                try await outbound.write(.body(.byteBuffer(ByteBuffer(string: piece))))
                pieces += 1
            }
        } catch {
            Self.log("left after \(pieces) pieces")
            throw error
        }
        try await outbound.write(.end(nil))
        outbound.finish()
        Self.log("wrote \(pieces) pieces")
    }
}
