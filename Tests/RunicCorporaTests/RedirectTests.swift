import Testing

@testable import RunicCorpora

@Suite("Redirects, and answers that are no file")
struct RedirectTests {
    private typealias Answer = ScriptedTransport.Answer
    private let place: Place

    init() throws { place = try Place() }

    @Test("Redirects are followed, also to relative addresses")
    func followed() throws {
        let transport = ScriptedTransport([
            Answer(302, ["Location": "/a/b.txt"]), Answer(307, ["location": "c.txt"]),
            Answer(301, ["Location": "https://example.net/d"]), .whole(place.text),
        ])
        _ = try place.fetch(place.corpus(), transport)
        let addresses =
            ["corpus.txt", "a/b.txt", "a/c.txt"].map { "https://example.org/" + $0 } + ["https://example.net/d"]
        #expect(transport.requests.map(\.address) == addresses)
    }

    @Test(
        "A redirect from https to something less is refused",
        arguments: ["http://example.org/corpus.txt", "file:///etc/hostname", "HTTP://example.org"])
    func downgrade(target: String) throws {
        let transport = ScriptedTransport([Answer(302, ["Location": target]), .whole(place.text)])
        let error = #expect(throws: CorpusError.self) { try place.fetch(place.corpus(), transport) }
        guard case .address(Place.address, _) = error else { throw try #require(error) }
        #expect(transport.requests.count == 1 && place.names == [])
    }

    @Test("Redirects in circles end")
    func circle() throws {
        let transport = ScriptedTransport(Array(repeating: Answer(302, ["Location": "/corpus.txt"]), count: 100))
        let error = #expect(throws: CorpusError.self) { try place.fetch(place.corpus(), transport) }
        #expect(error?.description.contains("in circles") == true && transport.requests.count == 11)
    }

    @Test("After a cut the first address is asked again: where it led may hold for a short time only")
    func again() throws {
        let transport = ScriptedTransport([
            Answer(302, ["Location": "https://example.net/key=1"]), .cut(place.text, after: 100, tag: "\"a\""),
            Answer(302, ["Location": "https://example.net/key=2"]), .rest(place.text, from: 100, tag: "\"a\""),
        ])
        _ = try place.fetch(place.corpus(), transport)
        #expect(transport.requests.map(\.address).map { $0.suffix(5) } == ["s.txt", "key=1", "s.txt", "key=2"])
    }

    @Test("A refusal ends at once; a server with an error is asked again", arguments: [404, 403, 410, 206, 416, 204])
    func refused(status: Int) throws {
        let transport = ScriptedTransport([Answer(status), .whole(place.text)])
        let error = #expect(throws: CorpusError.self) { try place.fetch(place.corpus(), transport) }
        guard case .refused(Place.address, let answer) = error else { throw try #require(error) }
        #expect(answer.hasPrefix("\(status)") && transport.requests.count == 1)
        let busy = ScriptedTransport([Answer(503), Answer(429), .whole(place.text)])
        #expect(try place.fetch(place.corpus(), busy).isNew)
    }

    @Test("Pauses grow, and progress resets them")
    func pauses() throws {
        var pauses: [Double] = []
        let long = try Place([UInt8](repeating: 1, count: 200_000))
        let transport = ScriptedTransport([
            Answer(500), Answer(500), Answer(500), .cut(long.text, after: 100_000, tag: "\"a\""), Answer(500),
            .rest(long.text, from: 100_000, tag: "\"a\""),
        ])
        _ = try long.fetch(long.corpus(), transport, retries: 3) { progress in
            if case .waits(let seconds, _) = progress { pauses.append(seconds) }
        }
        #expect(pauses == [1, 2, 4, 1, 2])
    }

    @Test(
        "A weak ETag is no condition for a rest, the date of the last change is; so is a size only without compression")
    func validators() {
        #expect(CorpusResponse(status: 200, headers: ["etag": "W/\"a\"", "last-modified": "now"]).validator == "now")
        #expect(CorpusResponse(status: 200, headers: ["ETag": "\"a\"", "Last-Modified": "now"]).validator == "\"a\"")
        #expect(CorpusResponse(status: 200, headers: ["ETAG": "W/\"a\""]).validator == nil)
        #expect(CorpusResponse(status: 200, headers: ["Content-Length": "5"]).contentLength == 5)
        #expect(
            CorpusResponse(status: 200, headers: ["Content-Length": "5", "Content-Encoding": "gzip"]).contentLength
                == nil)
    }
}
