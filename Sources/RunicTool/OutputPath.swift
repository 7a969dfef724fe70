internal import ArgumentParser
internal import Foundation

/// The path given with `--out`.
enum OutputPath {
    /// - Throws: `ValidationError` where it is empty, or names one of the files that are read, by whatever name.
    static func check(_ out: String, reading paths: [String]) throws {
        guard !out.isEmpty else { throw ValidationError("--out is empty; name a file") }
        func place(_ path: String) -> String {
            URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        }
        guard paths.allSatisfy({ place($0) != place(out) }) else {
            throw ValidationError("--out is \(out), which is read; name another file")
        }
    }
}
