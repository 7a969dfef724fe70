internal import Foundation
internal import RunicArchive
internal import RunicFiles
public import RunicText

extension PipelineDescription {
    /// Reads a pipeline from a JSON file: a list of stages, as an archive has it, the last one `segment`.
    ///
    /// Versions and options are optional: `[{"name": "decode"}, {"name": "segment", "options": {"unit": "byte"}}]`.
    ///
    /// - Throws: ``RunicError``, naming the file and the place in it.
    public init(contentsOf path: String) throws(RunicError) {
        var data = Data()
        do throws(FileError) {
            // A pipe will do.
            let file = try OpenFile(path, for: .streaming)
            while case let bytes = try file.read(), !bytes.isEmpty { data.append(contentsOf: bytes) }
        } catch {
            throw .pipelineFile(path: path, reason: "cannot be read; give a JSON file with a list of stages")
        }
        do {
            self = try JSONDecoder().decode(PipelineDescription.self, from: data)
        } catch {
            let reason = (error as? DecodingError).map { Self.syntaxError(data) ?? $0.explanation } ?? "\(error)"
            throw .pipelineFile(path: path, reason: "not a list of stages: \(reason)")
        }
    }

    /// The place where the data is not JSON, which the decoder does not report; nil if it is JSON.
    private static func syntaxError(_ data: Data) -> String? {
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return nil
        } catch {
            let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            return "it is not JSON: \(detail ?? "the text is incomplete or empty")"
        }
    }
}
