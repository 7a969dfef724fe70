internal import RunicKernels

/// The cells by name: a value that is passed to the code that makes a model.
///
/// A specification is a name, or a name with options: `gru`, `lstm:peephole+coupled`. Each entry makes a cell from its
/// options, or throws an error that names the unknown option.
package struct CellRegistry: Sendable {
    /// Makes a cell from the options after its name.
    package typealias Maker = @Sendable (_ options: [String]) throws(CellError) -> any RecurrentCell
    private var makers: [(name: String, options: [String], make: Maker)] = []
    private var shortNames = ["peephole": "lstm:peephole", "coupled": "lstm:coupled"]

    /// The built-in cells.
    package init() {
        register("rnn", options: ["relu"]) { (options) throws(CellError) in
            VanillaCell(rectifies: try Self.flag("relu", in: options, of: "rnn"))
        }
        register("lstm", options: LSTMOptions.names) { (options) throws(CellError) in
            LSTMCell(form: try LSTMOptions.form(options))
        }
        register("gru", options: ["reset-before"]) { (options) throws(CellError) in
            if try Self.flag("reset-before", in: options, of: "gru") { return GRUResetBeforeCell() }
            return GRUCell()
        }
        register(MinimalGatedCell())
    }

    /// Adds a cell without options; it replaces one of the same name.
    package mutating func register(_ cell: any RecurrentCell) {
        let name = cell.name
        register(name, options: []) { (options) throws(CellError) in
            if let option = options.first { throw .unknownOption(cell: name, option: option, known: "none") }
            return cell
        }
    }

    /// Adds a cell with options; it replaces one of the same name.
    ///
    /// - Parameter options: the names of its options, for lists.
    package mutating func register(_ name: String, options: [String], _ make: @escaping Maker) {
        makers.removeAll { $0.name == name }
        makers.append((name, options, make))
    }

    /// The names in order of registration.
    package var names: [String] { makers.map(\.name) }

    /// The names, each followed by itself with one of its options: `lstm`, `lstm:peephole`, …; then the short names.
    package var specifications: [String] {
        makers.flatMap { maker in [maker.name] + maker.options.map { "\(maker.name):\($0)" } }
            + shortNames.keys.sorted()
    }

    /// The cell of a specification.
    ///
    /// - Throws: ``CellError``: an unknown name or option.
    package func cell(named specification: String) throws(CellError) -> any RecurrentCell {
        let full = shortNames[specification] ?? specification
        // Bytes: as a `Character`, a colon can be one with the combining mark that follows it.
        let parts = full.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(Substring(parts[0]))
        guard let found = makers.first(where: { $0.name == name }) else {
            throw .unknown(name: specification, known: names + shortNames.keys.sorted())
        }
        let options = (parts.count == 2 ? [parts[1]] : []).flatMap { options in
            options.split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        }
        for (index, option) in options.enumerated() where options[..<index].contains(option) {
            throw .repeated(cell: name, option: option)
        }
        return try found.make(options)
    }

    /// Whether the only option of a cell is given.
    private static func flag(_ option: String, in options: [String], of cell: String) throws(CellError) -> Bool {
        for other in options where other != option {
            throw .unknownOption(cell: cell, option: other, known: option)
        }
        return !options.isEmpty
    }
}
