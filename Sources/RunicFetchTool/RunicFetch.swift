internal import Foundation

/// The program that speaks HTTP for `runic corpus get`; users need not run it.
///
/// `runic-fetch ADDRESS SECONDS [FIELD: VALUE]...` requests ADDRESS with the header fields. It writes the head of the
/// response as one line of JSON, then the body, to standard output; a redirect is a response like any other. If the
/// connection breaks, or no byte arrives for SECONDS, it gives the reason on standard error and exits with 1.
@main
enum RunicFetch {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let address = arguments.first, let url = URL(string: address), ["http", "https"].contains(url.scheme),
            let patience = arguments.dropFirst().first.flatMap(Double.init), patience > 0
        else {
            leave(
                "this program belongs to runic corpus get; it takes an http: or https: address and a time in seconds",
                64)
        }
        var fields: [(name: String, value: String)] = []
        for argument in arguments.dropFirst(2) {
            guard let colon = argument.firstIndex(of: ":") else { leave("\(argument) is not a header field", 64) }
            let value = argument[argument.index(after: colon)...].drop { $0 == " " }
            fields.append((String(argument[..<colon]), String(value)))
        }
        let exchange = HTTPExchange(url, patience: patience, fields: fields)
        if let reason = exchange.run() { leave(reason, 1) }
    }

    private static func leave(_ reason: String, _ status: Int32) -> Never {
        try? FileHandle.standardError.write(contentsOf: Data((reason + "\n").utf8))
        exit(status)
    }
}
