public import Foundation
public import RunicArchive
public import RunicEvaluation
public import RunicModel
public import RunicSampling
public import RunicText
public import RunicTraining

// `localizedDescription` of an error that only describes itself is "The operation could not be completed". The modules
// below this one do without Foundation, so all conformances are here.

extension RunicError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension TextError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension ArchiveError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension ModelError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension TrainingError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension SamplingError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}

extension EvaluationError: LocalizedError {
    /// The same line as `description`.
    public var errorDescription: String? { description }
}
