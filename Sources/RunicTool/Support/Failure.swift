/// Why a command failed, as the one line that the user sees.
struct Failure: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// Runs something whose errors are for the user, one line each.
func reporting<Result, Reason: Error>(_ body: () throws(Reason) -> Result) throws -> Result {
    do {
        return try body()
    } catch {
        throw Failure("\(error)")
    }
}
