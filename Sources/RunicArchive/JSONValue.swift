internal import FoundationEssentials

/// Any JSON value.
enum JSONValue: Codable, Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case natural(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The deepest nesting of arrays and objects that is decoded.
    static let depthLimit = 256
    /// The most brackets and commas in a text that is decoded, which bounds its elements; a vocabulary has at most 65,535.
    static let elementLimit = 200_000

    /// Decodes JSON; a text that cannot be decoded becomes a string.
    ///
    /// That is one that is not JSON, is nested deeper than `depthLimit`, has more elements than `elementLimit`, or has a
    /// number beyond the range of `Double`.
    init(parsing text: String) {
        let elements = text.utf8.count {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{")
        }
        guard elements <= Self.elementLimit else {
            self = .string(text)
            return
        }
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        } catch {
            self = .string(text)
        }
    }

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.depthLimit else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "nested deeper than \(Self.depthLimit)"))
        }
        let container = try decoder.singleValueContainer()
        // Strings come first: a refused type costs a thrown error, and a vocabulary is all strings.
        if container.decodeNil() {
            self = .null
        } else if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let natural = try? container.decode(UInt64.self) {
            self = .natural(natural)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else if var elements = try? decoder.unkeyedContainer() {
            var array: [JSONValue] = []
            while !elements.isAtEnd { array.append(try elements.decode(JSONValue.self)) }
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .natural(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
