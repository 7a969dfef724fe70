import Foundation
import Testing

@Suite("The documents of the library")
struct LibraryDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("show an example that is built and run, word for word")
    func example() throws {
        let example = try String(
            contentsOf: Self.root.appendingPathComponent("Examples/library/Sources/TrainAndWrite/main.swift"),
            encoding: .utf8)
        for name in ["README.md", "docs/LIBRARY.md"] {
            let document = try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
            #expect(document.contains("```swift\n\(example)```\n"), "\(name)")
        }
    }
}
