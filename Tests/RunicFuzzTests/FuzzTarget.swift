/// A part of Runic that reads what people feed it, and what must hold whatever that is.
///
/// A target takes any bytes. Errors of the part are its good right; a trap, a report of a sanitizer, or a ``Finding`` are not.
struct FuzzTarget: Sendable {
    /// The name on the command line, and of the folder of its seeds.
    let name: String
    /// Reads the bytes and checks what came of it.
    let check: @Sendable ([UInt8]) throws -> Void

    /// All targets, in the order in which `scripts/fuzz` runs them.
    static let all = [
        FuzzTarget(name: "archive", check: ArchiveTarget.check),
        FuzzTarget(name: "manifest", check: ManifestTarget.check),
        FuzzTarget(name: "run", check: RunFolderTarget.check),
        FuzzTarget(name: "stages", check: StageTargets.checkTyped),
        FuzzTarget(name: "pipeline", check: StageTargets.checkStored),
        FuzzTarget(name: "records", check: StageTargets.checkRecords),
        FuzzTarget(name: "markup", check: StageTargets.checkMarkup),
        FuzzTarget(name: "decode", check: StageTargets.checkDecode),
        FuzzTarget(name: "text", check: TextTargets.checkText),
        FuzzTarget(name: "symbols", check: TextTargets.checkSymbols),
        FuzzTarget(name: "terminal", check: TerminalTarget.check),
        FuzzTarget(name: "arguments", check: ArgumentsTarget.check),
    ]
}

/// Something that must hold does not.
struct Finding: Error, CustomStringConvertible {
    let description: String
}

/// Throws a ``Finding`` unless `condition` holds.
func claim(_ condition: Bool, _ problem: @autoclosure () -> String) throws(Finding) {
    guard condition else { throw Finding(description: problem()) }
}

extension Sequence<UInt8> {
    /// The bytes for a message: quoted, with escapes, at most 300 characters.
    var quoted: String { String(String(decoding: Array(self), as: UTF8.self).debugDescription.prefix(300)) }
}

extension [UInt8] {
    /// The bytes up to the first `byte`, and those after it; all and none if there is none.
    func halves(at byte: UInt8) -> (first: [UInt8], second: [UInt8]) {
        guard let place = firstIndex(of: byte) else { return (self, []) }
        return (Array(self[..<place]), Array(self[(place + 1)...]))
    }
}
