internal import Runic

/// What was done to texts while they were read, for people: a line each, on standard error.
enum FileRemarks {
    /// Most lines; a folder can have thousands of files.
    private static let mostLines = 12

    static func show(_ files: [FileStatistics]) {
        var rest = 0
        var lines = 0
        for file in files {
            let path = file.path == TextFile.standardInputPath ? "standard input" : file.path
            for line in remarks(on: file) {
                lines += 1
                guard lines <= mostLines else {
                    rest += 1
                    continue
                }
                if file.warnings.contains(line) {
                    Console.warn("\(path): \(line)")
                } else {
                    Console.note("runic: \(path): \(line)")
                }
            }
        }
        if rest > 0 { Console.note("runic: \(rest) more remarks on files; runic text lists all") }
    }

    private static func remarks(on file: FileStatistics) -> [String] {
        guard file.repairedBytes > 0 else { return file.remarks }
        let bytes = file.repairedBytes == 1 ? "1 byte was" : "\(file.repairedBytes) bytes were"
        let place = file.firstRepairedByte.map {
            file.repairedBytes == 1 ? ", at byte \($0)," : ", the first at byte \($0),"
        }
        return file.remarks + ["\(bytes) invalid\(place ?? "") and replaced or left out"]
    }
}
