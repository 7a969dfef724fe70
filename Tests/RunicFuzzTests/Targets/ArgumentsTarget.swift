import ArgumentParser

@testable import RunicTool

/// The program's command line, up to where a command would run.
enum ArgumentsTarget {
    /// Arguments, each ended by NUL or a line feed.
    @Sendable static func check(_ input: [UInt8]) throws {
        let typed = input.split(omittingEmptySubsequences: false) { $0 == 0 || $0 == UInt8(ascii: "\n") }
            .map { String(decoding: $0, as: UTF8.self) }
        // Files with options are opened while arguments are read, and a device may have no end.
        guard !typed.contains(where: { $0.contains("/") }) else { return }
        let arguments = ProgramArguments(typed)
        _ = Completion(typed).text
        guard let path = try? CommandPath(arguments.plainWords) else { return }
        if arguments.help != nil { _ = HelpPage(path, arguments.help ?? .brief).text }
        if let command = path.description { try? arguments.checkPaths(command) }
        do {
            _ = try RunicCommand.parseAsRoot(arguments.words)
        } catch {
            let message = RunicCommand.message(for: error)
            guard RunicCommand.exitCode(for: error) != .success else { return }
            let line = path.description.map { Wording($0, arguments).line(for: message) } ?? message
            try claim(!line.isEmpty, "arguments are refused without a word: \(typed)")
        }
    }
}
