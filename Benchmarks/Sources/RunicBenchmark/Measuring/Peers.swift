import Foundation

/// The peers: Python programs that print one JSON object per line.
struct Peers {
    /// Installed versions; nil for what is not installed.
    struct Versions: Decodable {
        let python: String
        let torch, onnx, onnxruntime, tokenizers: String?
    }

    /// nil without a Python.
    let versions: Versions?
    private let python: String
    private let folder: String

    /// Asks the Python for its versions.
    init(python: String, folder: String) {
        self.python = python
        self.folder = folder
        do {
            let answer = try ChildProcess(program: python, arguments: ["\(folder)/versions.py"]).output()
            versions = try JSONDecoder().decode(Versions.self, from: answer)
        } catch {
            versions = nil
            Console.note("no peers: \(error)")
            return
        }
        if versions?.torch == nil {
            Console.note("no peers: \(python) has no torch; name one that has it with --python")
        }
    }

    /// The output of a program; empty, with a note, if it failed or its package is not installed.
    ///
    /// - Parameter needed: the package that it needs.
    func run<Line: Decodable>(
        _ script: String, _ arguments: [String], as type: Line.Type, needs needed: KeyPath<Versions, String?> = \.torch
    ) -> [Line] {
        guard versions?[keyPath: needed] != nil else { return [] }
        do {
            let data = try ChildProcess(program: python, arguments: ["\(folder)/\(script)"] + arguments).output()
            return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(type, from: $0) }
        } catch {
            Console.note("\(script) \(arguments.joined(separator: " ")): \(error)")
            return []
        }
    }
}
