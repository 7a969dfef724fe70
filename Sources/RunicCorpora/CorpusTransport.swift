/// What fetches bytes from addresses.
package protocol CorpusTransport {
    /// Asks for a file and returns when the answer begins; redirects are answers like any other.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` where there is no answer.
    func open(_ request: CorpusRequest) throws(CorpusError) -> any CorpusStream
}

/// An answer that is coming in.
package protocol CorpusStream: AnyObject {
    /// The answer's head.
    var response: CorpusResponse { get }

    /// The next bytes of the body, none where a signal came before them; nil at its end.
    ///
    /// - Throws: ``CorpusError/connection(address:reason:kept:)`` where the body ends too early.
    func next() throws(CorpusError) -> [UInt8]?

    /// Leaves the rest.
    func cancel()
}
