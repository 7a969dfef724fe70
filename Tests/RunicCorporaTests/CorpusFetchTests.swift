import Foundation
import RunicFiles
import Testing

@testable import RunicCorpora

@Suite("Fetching a corpus")
struct CorpusFetchTests {
    private typealias Answer = ScriptedTransport.Answer
    private let place: Place
    private let tag = "\"one\""

    init() throws { place = try Place() }

    @Test("A whole answer is put in place, and nothing else is left")
    func whole() throws {
        let transport = ScriptedTransport([.whole(place.text)])
        let result = try place.fetch(place.corpus(), transport)
        #expect(place.bytes() == place.text && place.names == ["corpus.txt"])
        #expect(result.isNew && result.isVerified && result.sha256 == place.hash)
        #expect(transport.requests.map(\.offset) == [0])
    }

    @Test(
        "A file that is there with the right hash is not fetched; another one is not replaced, unless that is asked for"
    )
    func existing() throws {
        try Data(place.text).write(to: URL(fileURLWithPath: place.path))
        #expect(try !place.fetch(place.corpus(), ScriptedTransport([])).isNew)
        let other = Array("other".utf8)
        try Data(other).write(to: URL(fileURLWithPath: place.path))
        let error = #expect(throws: CorpusError.self) { try place.fetch(place.corpus(), ScriptedTransport([])) }
        guard case .occupied(place.path, 5, _) = error else { throw try #require(error) }
        #expect(place.bytes() == other && place.names == ["corpus.txt"])
        _ = try place.fetch(place.corpus(), ScriptedTransport([.whole(place.text)]), replaces: true)
        #expect(place.bytes() == place.text)
    }

    @Test("A broken response continues where it broke off, provided the file is the same")
    func resume() throws {
        let transport = ScriptedTransport([
            .cut(place.text, after: 1200, tag: tag), .rest(place.text, from: 1200, tag: tag),
        ])
        var waits: [CorpusProgress] = []
        _ = try place.fetch(place.corpus(), transport, watch: { if case .waits = $0 { waits.append($0) } })
        #expect(place.bytes() == place.text && place.names == ["corpus.txt"])
        #expect(transport.requests.map(\.offset) == [0, 1200])
        #expect(transport.requests[1].headers["If-Range"] == tag)
        #expect(transport.requests[1].headers["Range"] == "bytes=1200-")
        #expect(waits == [.waits(seconds: 1, reason: "cut at byte 1200 of 5000")])
    }

    @Test("What an earlier process left is continued")
    func later() throws {
        try place.leave(700, tag: tag)
        let transport = ScriptedTransport([.rest(place.text, from: 700, tag: tag)])
        _ = try place.fetch(place.corpus(), transport)
        #expect(place.bytes() == place.text && transport.requests.first?.headers["If-Range"] == tag)
    }

    @Test("A file that has changed is fetched from its start: the server sends all of it, or another version's rest")
    func changed() throws {
        try place.leave(700, tag: "\"old\"")
        _ = try place.fetch(place.corpus(), ScriptedTransport([.whole(place.text, tag: tag)]))
        #expect(place.bytes() == place.text)
        try FileManager.default.removeItem(atPath: place.path)
        try place.leave(700, tag: "\"old\"")
        let transport = ScriptedTransport([.rest(place.text, from: 700, tag: tag), .whole(place.text, tag: tag)])
        _ = try place.fetch(place.corpus(), transport)
        #expect(place.bytes() == place.text && transport.requests.map(\.offset) == [700, 0])
    }

    @Test("Without a hash nothing is put together without a condition")
    func unhashed() throws {
        try place.leave(700, tag: nil)
        let transport = ScriptedTransport([.whole(place.text)])
        let result = try place.fetch(place.corpus(isHashed: false), transport)
        #expect(transport.requests.map(\.offset) == [0])
        #expect(!result.isVerified && result.sha256 == place.hash)
    }

    @Test(
        "Another address's bytes are continued only where a hash is there to check the whole", arguments: [true, false])
    func mirror(isHashed: Bool) throws {
        try place.leave(700, tag: tag, address: "https://example.net/other.txt")
        let transport = ScriptedTransport([isHashed ? .rest(place.text, from: 700) : .whole(place.text)])
        _ = try place.fetch(place.corpus(isHashed: isHashed), transport)
        #expect(place.bytes() == place.text)
        #expect(transport.requests.map(\.offset) == [isHashed ? 700 : 0])
        #expect(transport.requests.first?.validator == nil)
    }

    @Test("A wrong text is named by both hashes, and none of it is kept")
    func wrong() throws {
        var wrong = place.text
        wrong[17] ^= 1
        let error = #expect(throws: CorpusError.self) {
            try place.fetch(place.corpus(), ScriptedTransport([.whole(wrong)]))
        }
        guard case .hash(Place.address, place.hash, let found) = error else { throw try #require(error) }
        #expect(found.count == 64 && found != place.hash && place.names == [])
        #expect(error?.description.contains(found) == true)
    }

    @Test("A file of another size is refused before its body; a body without a size, once it is too long")
    func sizes() throws {
        let announced = ScriptedTransport([.whole(place.text + [0])])
        #expect(throws: CorpusError.size(address: Place.address, expected: [5000], found: 5001)) {
            try place.fetch(place.corpus(), announced)
        }
        let piece = [UInt8](repeating: 7, count: 1000)
        let endless = ScriptedTransport([Answer(200, body: Array(repeating: piece, count: 100))])
        #expect(throws: CorpusError.size(address: Place.address, expected: [5000], found: nil)) {
            try place.fetch(place.corpus(), endless)
        }
        #expect(place.names == [])
    }

    @Test("A connection that keeps breaking ends in an error, and the received bytes are kept")
    func givesUp() throws {
        let transport = ScriptedTransport([
            .cut(place.text, after: 600, tag: tag), Answer(503), .cut(place.text, after: 900, tag: tag),
        ])
        let error = #expect(throws: CorpusError.self) { try place.fetch(place.corpus(), transport) }
        #expect(error == .connection(address: Place.address, reason: "cut at byte 900 of 5000", kept: 900))
        #expect(error?.description.hasSuffix("the same command continues from byte 900") == true)
        #expect(place.names == ["corpus.txt.part", "corpus.txt.part.json"] && place.bytes(".part")?.count == 900)
    }

    @Test("A complete partial download is checked without asking; one that is too long is started again")
    func complete() throws {
        try place.leave(place.text.count, tag: tag)
        _ = try place.fetch(place.corpus(), ScriptedTransport([]))
        #expect(place.bytes() == place.text)
        try FileManager.default.removeItem(atPath: place.path)
        try place.leave(100, tag: tag)
        try Data(place.text + place.text).write(to: URL(fileURLWithPath: place.path + ".part"))
        _ = try place.fetch(place.corpus(), ScriptedTransport([Answer(416), .whole(place.text)]))
        #expect(place.bytes() == place.text)
    }

    @Test("A stop keeps the received bytes")
    func stop() throws {
        var count = 0
        let transport = ScriptedTransport([
            Answer(200, ["Content-Length": "5000"], body: place.text.map { [$0] })
        ])
        #expect(throws: CorpusError.stopped(kept: 10)) {
            try place.fetch(
                place.corpus(), transport,
                isStopped: {
                    count += 1
                    return count > 10
                })
        }
        #expect(place.bytes(".part") == Array(place.text.prefix(10)))
    }

    @Test("Two processes do not fetch into one file")
    func busy() throws {
        let other = try OpenFile(place.path + ".part", for: .updating)
        #expect(other.lock())
        #expect(throws: CorpusError.busy(path: place.path + ".part")) {
            try place.fetch(place.corpus(), ScriptedTransport([.whole(place.text)]))
        }
    }

    @Test("A given hash replaces the known one, and the size may then differ")
    func pinned() throws {
        let corpus = Corpus(
            name: "corpus", summary: "", address: Place.address, byteCount: 4000,
            sha256: String(repeating: "0", count: 64), licence: "")
        let result = try place.fetch(corpus, ScriptedTransport([.whole(place.text)]), sha256: place.hash.uppercased())
        #expect(result.byteCount == 5000 && result.isVerified)
    }

    @Test(
        "Addresses that name nothing that can be fetched are refused",
        arguments: ["", "corpus.txt", "ftp://example.org/x", "https://", "file:", "http:///x"])
    func addresses(address: String) throws {
        let error = #expect(throws: CorpusError.self) {
            try place.fetch(place.corpus(), ScriptedTransport([.whole(place.text)]), from: address)
        }
        guard case .address(address, _) = error else { throw try #require(error) }
    }

    @Test("A file: address is copied, with its percent signs understood")
    func file() throws {
        try Data(place.text).write(to: URL(fileURLWithPath: place.folder + "/a b.txt"))
        let address = "file://\(place.folder)/a%20b.txt"
        #expect(try place.fetch(place.corpus(), ScriptedTransport([]), from: address).isNew)
        #expect(place.bytes() == place.text && place.names == ["a b.txt", "corpus.txt"])
    }

    @Test("A file: address is continued like any other, unless the file has changed")
    func fileResumed() throws {
        let source = URL(fileURLWithPath: place.folder + "/source.txt")
        let address = "file:\(source.path)"
        try Data(place.text).write(to: source)
        var count = 0
        #expect(throws: CorpusError.stopped(kept: 5000)) {
            try place.fetch(
                place.corpus(isHashed: false), ScriptedTransport([]), from: address,
                isStopped: {
                    count += 1
                    return count > 1
                })
        }
        for (changes, step) in [(false, CorpusProgress.resumes(at: 1000)), (true, .startsAnew)] {
            try Data(place.text.prefix(1000)).write(to: URL(fileURLWithPath: place.path + ".part"))
            if changes {
                let date = Date(timeIntervalSince1970: 1_000_000_000)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: source.path)
            }
            let note = try #require(place.bytes(".part.json"))
            var steps: [CorpusProgress] = []
            _ = try place.fetch(place.corpus(isHashed: false), ScriptedTransport([]), from: address) {
                steps.append($0)
            }
            #expect(place.bytes() == place.text)
            #expect(steps.contains(step) && steps.contains(.startsAnew) == changes, "\(steps)")
            try FileManager.default.removeItem(atPath: place.path)
            try Data(note).write(to: URL(fileURLWithPath: place.path + ".part.json"))
        }
    }
}
