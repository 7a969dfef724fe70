package import RunicText

/// Why a study failed, as one line.
package enum StudyError: Error, Sendable, CustomStringConvertible {
    /// The text cannot be read.
    case text(TextError)
    /// The text has too few symbols to predict any.
    case tooFewSymbols(path: String, symbols: Int)
    /// The model has values that are not numbers.
    case notFinite(model: String, symbol: Int)
    /// The page would hold more bytes than a browser should be given.
    case tooLarge(bytes: Int, limit: Int)
    /// There is no such cell; why, in one line.
    case cell(String)
    /// Anything else, in one line.
    case other(String)

    package var description: String {
        switch self {
        case .text(let error): error.description
        case .tooFewSymbols(let path, let symbols):
            "\(path): \(symbols) symbols that the model can read are too few; at least 2 are needed"
        case .notFinite(let model, let symbol):
            "\(model): the model's values are not finite after symbol \(symbol) of the text; run runic verify on it"
        case .tooLarge(let bytes, let limit):
            "the page would hold \(bytes >> 20) MB of activations, and \(limit >> 20) MB is the limit; "
                + "use a smaller --length or --units"
        case .cell(let reason), .other(let reason): reason
        }
    }
}
