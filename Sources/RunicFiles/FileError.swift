internal import Glibc

/// A call that the system refused.
package struct SystemError: Error, Hashable, Sendable {
    /// The value of `errno`.
    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// The error of this thread's last failed call.
    package static var last: SystemError { SystemError(number: errno) }

    /// Whether nobody reads the other end.
    package var isClosedPipe: Bool { number == EPIPE }

    /// The system's words for a path where nothing is.
    package static var missing: String { SystemError(number: ENOENT).reason }

    /// Whether a signal came before the call had done anything.
    package var isInterruption: Bool { number == EINTR }

    /// The system's words in lower case, such as `no such file or directory`.
    package var reason: String {
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: text).lowercased()
    }
}

/// Why a file or folder cannot be used, in one line: path, problem, reason.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// What happened, such as `cannot be read: permission denied`.
    package let problem: String
    /// The system's reason alone, such as `permission denied`; the problem if the system gave none.
    package let reason: String

    /// - Parameter problem: ends in what to do about it, where there is something.
    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
        reason = problem
    }

    /// - Parameter action: what failed, such as `cannot be read`.
    package init(path: String, action: String, _ error: SystemError = .last) {
        self.path = path
        reason = error.reason
        problem = "\(action): \(reason)"
    }

    private init(path: String, problem: String, reason: String) {
        self.path = path
        self.problem = problem
        self.reason = reason
    }

    /// The same error of another path, such as that of the file which a temporary file replaces.
    func at(_ path: String) -> FileError { FileError(path: path, problem: problem, reason: reason) }

    package var description: String { PathBytes.shown("\(path): \(problem)") }
}

/// An error of another module that a ``FileError`` becomes.
package protocol WrapsFileError: Error {
    init(_ error: FileError)
}

extension WrapsFileError {
    /// The value of one expression, its error wrapped.
    package static func wrapping<Result>(
        _ body: @autoclosure () throws(FileError) -> Result
    ) throws(Self) -> Result {
        do {
            return try body()
        } catch {
            throw Self(error)
        }
    }

    /// Runs several statements and wraps their error.
    package static func wrappingErrors<Result>(
        _ body: () throws(FileError) -> Result
    ) throws(Self) -> Result {
        try wrapping(body())
    }
}
