import Foundation
import RunicTesting
import Testing

@testable import RunicCorpora

@Suite("The HTTP program")
struct HelperTransportTests {
    @Test("If it lacks a library, that is said at once, with the packages to install, and not tried again")
    func missingLibrary() throws {
        let place = try Place()
        let folder = try TemporaryFolder()
        let words = "error while loading shared libraries: libcurl.so.4: cannot open shared object file"
        let program = try folder.write("#!/bin/sh\necho \"$0: \(words)\" >&2\nexit 127\n", to: "runic-fetch")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let fetch = CorpusFetch(place.corpus(), to: place.path, retries: 1, patience: 1, helper: program)
        let error = #expect(throws: CorpusError.self) {
            try fetch.run(watch: { Issue.record("\($0)") }, isStopped: { false })
        }
        #expect(error == .helperLibrary(path: program, reason: words))
        #expect(error?.description.contains("install the packages libcurl4 and ca-certificates") == true)
    }
}
