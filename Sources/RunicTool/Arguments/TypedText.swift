internal import ArgumentParser
internal import RunicDisplay

/// A text that an option gives, in which `\xHH` is a byte: a model of bytes reads any.
struct TypedBytes: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Throws: `ValidationError` for a backslash that begins no escape.
    @Sendable static func argument(_ typed: String) throws -> TypedBytes {
        guard TypedText.readsEscapes else { return TypedBytes(bytes: Array(typed.utf8)) }
        do throws(TextEscapes.UnknownEscape) {
            return TypedBytes(bytes: try TextEscapes.resolveBytes(typed))
        } catch {
            throw ValidationError("\(error), or add --no-escape")
        }
    }
}

/// Options that take text.
enum TypedText {
    /// The switch that turns escapes off, in every command that takes text.
    static let switchHelp: ArgumentHelp =
        #"Take text as it is typed: \n, \t, \r, \\ and \u{…} in it are no escapes."#

    /// Whether texts on this command line have escapes.
    ///
    /// A value is read before its command knows all options, hence the look at the whole line.
    fileprivate static var readsEscapes: Bool { !ProgramArguments.current.options.contains("--no-escape") }

    /// The text that an option gives.
    ///
    /// - Throws: `ValidationError` for a backslash that begins no escape.
    @Sendable static func argument(_ typed: String) throws -> String {
        guard readsEscapes else { return typed }
        do throws(TextEscapes.UnknownEscape) {
            return try TextEscapes.resolve(typed)
        } catch {
            throw ValidationError("\(error), or add --no-escape")
        }
    }
}
