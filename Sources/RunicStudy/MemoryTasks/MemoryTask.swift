/// The tasks of `runic study memory`.
package enum MemoryTask: String, Sendable, CaseIterable {
    case adding, copy

    /// The task's problem at a lag.
    ///
    /// - Precondition: ``lags`` contains the lag.
    package func problem(lag: Int) -> any MemoryProblem {
        switch self {
        case .adding: AddingProblem(lag: lag)
        case .copy: CopyProblem(lag: lag)
        }
    }

    package static let lags = 2...100_000
}
