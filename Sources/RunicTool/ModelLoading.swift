internal import Runic

/// Loads models for commands.
enum ModelLoading {
    /// The model of a path; a difference of Unicode versions is noted.
    ///
    /// - Parameter precision: what its matrices are rounded to; nil leaves them as the archive has them.
    static func load(_ path: String, precision: Precision? = nil) throws -> TextModel {
        let model = try reporting { () throws(RunicError) in try TextModel(path: path, precision: precision) }
        if let warning = model.unicodeWarning { Console.note("runic: \(path): \(warning)") }
        return model
    }
}
