import Foundation

/// The commands that a page in Markdown shows.
enum DocumentedCommands {
    /// The folder of the repository.
    static let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }.path

    /// The programs whose commands are run.
    private static let programs = ["runic ", "lz4 "]

    /// The lines of a page's code blocks that begin with a program's name, or with that after a prompt, `$ `.
    ///
    /// Blocks are indented by four spaces, or fenced and without a language. A line that ends with a backslash continues.
    static func inPage(_ markdown: String) -> [String] {
        var commands: [String] = []
        var fence: Substring?
        var isContinued = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                fence = fence == nil ? line.dropFirst(3) : nil
                continue
            }
            let isCode = fence.map(\.isEmpty) ?? line.hasPrefix("    ")
            guard isCode else {
                isContinued = false
                continue
            }
            var code = line.drop { $0 == " " }
            if isContinued, let last = commands.indices.last {
                commands[last] += "\n" + code
            } else {
                if code.hasPrefix("$ ") { code = code.dropFirst(2) }
                guard programs.contains(where: code.hasPrefix) else { continue }
                commands.append(String(code))
            }
            isContinued = code.hasSuffix("\\")
        }
        return commands
    }
}
