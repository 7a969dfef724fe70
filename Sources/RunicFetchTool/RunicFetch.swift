internal import Foundation

/// The part of Runic that speaks HTTP: `runic corpus get` runs it, and users need not.
///
/// `runic-fetch ADDRESS SECONDS [FIELD: VALUE]...` asks for ADDRESS with the header fields, writes the answer's head as
/// one line of JSON and then the body to standard output. Redirects are answers like any other. Without a byte for so
/// many SECONDS, or where the connection breaks, it says why on standard error and exits with 1.
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
            guard let colon = argument.firstIndex(of: ":") else { leave("\(argument) is no header field", 64) }
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
