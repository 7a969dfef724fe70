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
        let data: Data
        do throws(FileError) {
            data = try Self.data(path)
        } catch {
            throw .pipelineFile(path: path, reason: "\(error.problem); give a JSON file with a list of stages")
        }
        do {
            self = try JSONDecoder().decode(PipelineDescription.self, from: data)
        } catch {
            let reason = (error as? DecodingError).map { Self.syntaxError(data) ?? $0.explanation } ?? "\(error)"
            throw .pipelineFile(path: path, reason: "not a list of stages: \(reason)")
        }
    }

    /// The most bytes of a file: several times those that a pipeline may have.
    private static let largestFile = 4 << 20

    private static func data(_ path: String) throws(FileError) -> Data {
        let file = try OpenFile(path, for: .streaming)
        var data = Data()
        while true {
            let bytes = try file.read()
            guard !bytes.isEmpty else { return data }
            data += bytes
            guard data.count <= largestFile else {
                throw FileError(path: path, problem: "has more than \(largestFile) bytes")
            }
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
