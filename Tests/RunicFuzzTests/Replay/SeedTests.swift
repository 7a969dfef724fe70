import Foundation
import Testing

@Suite("Fuzz targets")
struct SeedTests {
    private static let seeds = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Seeds")

    @Test("hold for every seed and everything that was found", arguments: FuzzTarget.all.map(\.name))
    func seeds(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let folder = Self.seeds.appendingPathComponent(name)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty, "no seeds of \(name)")
        for file in files.sorted(by: { $0.path < $1.path }) {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(name)/\(file.lastPathComponent)") { try target.check(bytes) }
            #expect(throws: Never.self, "half of \(name)/\(file.lastPathComponent)") {
                try target.check(Array(bytes.prefix(bytes.count / 2)))
            }
        }
    }
}
