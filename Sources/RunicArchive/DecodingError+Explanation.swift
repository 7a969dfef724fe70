extension DecodingError {
    /// The reason, as a clause for a message: what is missing or wrong.
    package var explanation: String {
        switch self {
        case .keyNotFound(let key, let context):
            "\(Self.place(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context):
            "\(Self.place(context.codingPath)) is null"
        case .typeMismatch(let type, let context):
            "\(Self.place(context.codingPath)) is not of type \(type)"
        case .dataCorrupted(let context):
            "\(Self.place(context.codingPath)) is not valid: \(context.debugDescription)"
        @unknown default:
            "the value cannot be decoded"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty
            ? "the value"
            : "'" + path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".") + "'"
    }
}
