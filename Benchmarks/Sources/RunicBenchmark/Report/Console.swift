import Foundation

/// Results on standard output and progress on standard error, both unbuffered because a run takes minutes.
enum Console {
    static func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    static func note(_ line: String) {
        FileHandle.standardError.write(Data("runic-benchmark: \(line)\n".utf8))
    }
}
