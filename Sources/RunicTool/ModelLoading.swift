internal import Runic

/// Loads models for commands.
enum ModelLoading {
    /// The model of a path; a difference of Unicode versions is noted.
    static func load(_ path: String) throws -> TextModel {
        let model = try reporting { () throws(RunicError) in try TextModel(path: path) }
        if let warning = model.unicodeWarning { Console.note("runic: \(path): \(warning)") }
        return model
    }
}
