internal import Foundation
internal import RunicArchive
public import RunicText

extension PipelineDescription {
    /// Reads a pipeline from a JSON file: a list of stages, as an archive has it, the last one `segment`.
    ///
    /// Versions and options may be left out: `[{"name": "decode"}, {"name": "segment", "options": {"unit": "byte"}}]`.
    ///
    /// - Throws: ``RunicError``, naming the file and the place in it.
    public init(contentsOf path: String) throws(RunicError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .other("\(path): cannot be read; give a JSON file with a list of stages")
        }
        do {
            self = try JSONDecoder().decode(PipelineDescription.self, from: data)
        } catch let error as DecodingError {
            throw .other("\(path): this is no list of stages: \(Self.syntaxError(data) ?? error.explanation)")
        } catch {
            throw .other("\(path): this is no list of stages: \(error)")
        }
    }

    /// Where the data is no JSON at all, which the decoder does not tell.
    private static func syntaxError(_ data: Data) -> String? {
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return nil
        } catch {
            let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            return "it is not JSON: \(detail ?? "the text breaks off or is empty")"
        }
    }
}
