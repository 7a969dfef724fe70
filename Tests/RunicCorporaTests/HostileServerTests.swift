import Foundation
import Synchronization
import Testing

@testable import RunicCorpora

@Suite("Fetching from a server, into a folder, that means harm")
struct HostileServerTests {
    private typealias Answer = ScriptedTransport.Answer
    private let place: Place

    init() throws { place = try Place() }

    @Test("A length that no text of the catalogue has is refused at once, whatever hash is asked for")
    func absurdLength() throws {
        for length in ["\(4 * place.text.count + 1)", "9223372036854775807"] {
            let transport = ScriptedTransport([Answer(200, ["Content-Length": length], body: [place.text])])
            let error = #expect(throws: CorpusError.self) {
                try place.fetch(place.corpus(), transport, sha256: String(repeating: "0", count: 64))
            }
            #expect(error == .size(address: Place.address, expected: [4 * place.text.count], found: nil))
            #expect(place.names == [])
        }
    }

    @Test("A body that drips counts as a broken connection, and is retried as often as one")
    func drip() throws {
        let hours = Mutex(0.0)
        let drops = Answer(
            200, ["Content-Length": "\(place.text.count)"], body: place.text.map { [$0] })
        let transport = ScriptedTransport([drops, drops, drops])
        var reasons: [String] = []
        let fetch = CorpusFetch(
            place.corpus(), to: place.path, retries: 2, http: transport, wait: { _ in },
            now: {
                hours.withLock {
                    $0 += 29
                    return $0
                }
            })
        let error = #expect(throws: CorpusError.self) {
            try fetch.run(watch: { if case .waits(_, let reason) = $0 { reasons.append(reason) } })
        }
        guard case .connection(_, let reason, let kept) = error else { throw try #require(error) }
        #expect(reason.hasPrefix("the server sends less than 1024 bytes a second at byte ") && kept < 10)
        #expect(transport.isUsedUp && reasons.count == 2)
    }

    @Test("A slow connection that is not too slow is let be")
    func slow() {
        var pace = LeastPace(now: 5)
        let verdicts = (6...605).map { pace.isTooSlow(LeastPace.rate, now: Double($0)) }
        #expect(!verdicts.contains(true))
        let (early, late) = (pace.isTooSlow(0, now: 664), pace.isTooSlow(0, now: 665))
        #expect(!early && late)
    }

    @Test(
        "A link in place of a partial download, its note or the unpacked text is refused, and its target is kept",
        arguments: [".part", ".part.json"])
    func links(suffix: String) throws {
        let target = place.folder + "/target"
        try Data("kept".utf8).write(to: URL(fileURLWithPath: target))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target)
        try FileManager.default.createSymbolicLink(atPath: place.path + suffix, withDestinationPath: target)
        let error = #expect(throws: CorpusError.self) {
            try place.fetch(place.corpus(), ScriptedTransport([.whole(place.text)]))
        }
        #expect(
            error == .file(path: place.path + suffix, problem: "is a symbolic link; remove it, or name another file"))
        #expect(FileManager.default.contents(atPath: target) == Data("kept".utf8))
        #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o600)
        #expect(place.bytes() == nil)
    }
}
