import Foundation

/// Runs one target in libFuzzer: `runic-fuzz TARGET [OPTION OF LIBFUZZER | FOLDER | FILE]...`.
@main
enum FuzzDriver {
    private static let names = FuzzTarget.all.map(\.name)
    private static let target = FuzzTarget.all.first { $0.name == CommandLine.arguments.dropFirst().first }

    static func main() {
        guard target != nil else {
            print(names.joined(separator: "\n"))
            exit(CommandLine.arguments.dropFirst().first == "--list" ? 0 : 64)
        }
        let words = CommandLine.arguments.prefix(1) + CommandLine.arguments.dropFirst(2)
        // They live as long as the process.
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
        var count = CInt(words.count)
        let status = unsafe pointers.withUnsafeMutableBufferPointer { buffer -> CInt in
            var start = buffer.baseAddress
            return unsafe runFuzzer(&count, &start, check)
        }
        exit(status)
    }

    /// Ends the process at a finding, as a sanitizer does.
    private static let check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { bytes, count in
        do {
            try unsafe FuzzDriver.target?.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
        } catch {
            FileHandle.standardError.write(Data("FINDING: \(error)\n".utf8))
            abort()
        }
        return 0
    }
}

/// libFuzzer's entry for a program with a `main` of its own; numbers and pointers are passed alike in Swift and C.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
