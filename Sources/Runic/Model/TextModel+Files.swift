public import Foundation
public import RunicArchive
public import RunicKernels
internal import RunicModel

extension TextModel {
    /// Reads the archive of a file URL; otherwise like ``init(path:limit:environment:precision:threads:)``.
    ///
    /// - Throws: ``RunicError``, also if the URL is not one of a file.
    public init(
        contentsOf url: URL, limit: Int = Archive.defaultLimit, environment: Environment = Environment(),
        precision: Precision? = nil, threads: Int = RunicMachine.processors
    ) throws(RunicError) {
        guard url.isFileURL else { throw .other("\(url.absoluteString): is not a file; download it first") }
        try self.init(
            path: url.path, limit: limit, environment: environment, precision: precision, threads: threads)
    }

    /// The model as it was read or trained, in the precision in which it is stored.
    ///
    /// - Throws: ``RunicError/archive(_:)`` for a parameter that is not a finite number.
    /// - Complexity: O(parameters).
    public func archive() throws(RunicError) -> Archive {
        do throws(ArchiveError) {
            let tensors = if let storedTensors { storedTensors } else { try parameters.tensors() }
            return Archive(metadata: manifest.metadata, tensors: tensors, path: manifest.path)
        } catch {
            throw .archive(error)
        }
    }

    /// Writes the model's archive; a file of that name is replaced at once, or stays as it is.
    ///
    /// - Throws: ``RunicError/archive(_:)`` if the file cannot be written.
    /// - Complexity: O(parameters).
    public func write(to path: String) throws(RunicError) {
        let archive = try archive()
        do throws(ArchiveError) { try archive.write(to: path) } catch { throw .archive(error) }
    }
}
