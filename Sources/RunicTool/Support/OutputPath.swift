internal import ArgumentParser
internal import Foundation

/// The path of a file that is written, given with `--out` or another option.
enum OutputPath {
    /// - Throws: `ValidationError` where it is empty, or names one of the files that are read, by whatever name.
    static func check(_ out: String, option: String = "--out", reading paths: [String]) throws {
        guard !out.isEmpty else { throw ValidationError("\(option) is empty; name a file") }
        func place(_ path: String) -> String {
            URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        }
        guard paths.allSatisfy({ place($0) != place(out) }) else {
            throw ValidationError("\(option) is \(out), which is read; name another file")
        }
    }
}
