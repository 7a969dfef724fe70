/// The one line that tells the user why a command failed.
struct Failure: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// Runs something and turns its error into a ``Failure``.
func reporting<Result, Reason: Error>(_ body: () throws(Reason) -> Result) throws -> Result {
    do {
        return try body()
    } catch {
        throw Failure("\(error)")
    }
}
