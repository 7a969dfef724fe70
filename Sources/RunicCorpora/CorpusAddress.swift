internal import Foundation

/// The addresses that a corpus can be fetched from.
enum CorpusAddress {
    /// The scheme in lower case: `http`, `https` or `file`.
    ///
    /// - Throws: ``CorpusError/address(_:reason:)`` for everything else.
    static func scheme(of address: String) throws(CorpusError) -> String {
        let advice = "give an address that begins with https:, http: or file:"
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased() else {
            throw .address(address, reason: "is no address; \(advice)")
        }
        switch scheme {
        case "file":
            guard !path(ofFile: address).isEmpty else { throw .address(address, reason: "names no file; \(advice)") }
        case "http", "https":
            guard let host = url.host, !host.isEmpty else {
                throw .address(address, reason: "names no server; \(advice)")
            }
        default: throw .address(address, reason: "has a scheme that is not known here; \(advice)")
        }
        return scheme
    }

    /// The path that a `file:` address names: `file:///a/b`, `file:/a/b`, or `file:a/b` from the current folder.
    static func path(ofFile address: String) -> String {
        var rest = address.drop { $0 != ":" }.dropFirst()
        for host in ["//localhost/", "///"] where rest.lowercased().hasPrefix(host) {
            rest = rest.dropFirst(host.count - 1)
            break
        }
        return String(rest).removingPercentEncoding ?? String(rest)
    }

    /// Where a redirect leads.
    ///
    /// - Throws: ``CorpusError/address(_:reason:)`` where it leads from `https:` to something less, or to no server.
    static func redirected(from address: String, to location: String) throws(CorpusError) -> String {
        guard let base = URL(string: address), let target = URL(string: location, relativeTo: base)?.absoluteString
        else { throw .address(address, reason: "leads on to \(location), which is no address") }
        let scheme = try scheme(of: target)
        guard scheme == "https" || (scheme == "http" && base.scheme?.lowercased() == "http") else {
            throw .address(
                address, reason: "leads on to \(target), which is not protected by https; give another with --from")
        }
        return target
    }
}
