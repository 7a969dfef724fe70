internal import Foundation

/// Addresses from which a corpus can be fetched.
enum CorpusAddress {
    /// The scheme in lower case: `http`, `https` or `file`.
    ///
    /// - Throws: ``CorpusError/address(_:reason:)`` for any other.
    static func scheme(of address: String) throws(CorpusError) -> String {
        let advice = "give an address that begins with https:, http: or file:"
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased() else {
            throw .address(address, reason: "is not an address; \(advice)")
        }
        switch scheme {
        case "file":
            guard !path(ofFile: address).isEmpty else { throw .address(address, reason: "names no file; \(advice)") }
        case "http", "https":
            guard let host = url.host, !host.isEmpty else {
                throw .address(address, reason: "names no server; \(advice)")
            }
        default: throw .address(address, reason: "has an unknown scheme; \(advice)")
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

    /// The target of a redirect.
    ///
    /// - Throws: ``CorpusError/address(_:reason:)`` if it leads from `https:` to a less secure address, or to no server.
    static func redirected(from address: String, to location: String) throws(CorpusError) -> String {
        guard let base = URL(string: address), let target = URL(string: location, relativeTo: base)?.absoluteString
        else { throw .address(address, reason: "redirects to \(location), which is not an address") }
        let scheme = try scheme(of: target)
        guard scheme == "https" || (scheme == "http" && base.scheme?.lowercased() == "http") else {
            throw .address(
                address,
                reason: "redirects to \(target), which is not secured by https; give another address with --from")
        }
        return target
    }
}
