/// The `__metadata__` of a safetensors file: strings by key, in the order of the file.
public struct ArchiveMetadata: Equatable, Sendable {
    /// One key and its value.
    public struct Entry: Equatable, Sendable {
        /// The key, unique in its metadata.
        public let key: String
        /// The value; in a Runic archive the text of a JSON value.
        public let value: String
    }

    /// All entries, in file order.
    public private(set) var entries: [Entry] = []

    /// No entries.
    public init() {}

    /// The value of a key; a new key goes to the end, `nil` removes the key.
    ///
    /// - Complexity: O(*n*) in the number of entries.
    public subscript(key: String) -> String? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index] = Entry(key: key, value: value)
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append(Entry(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Adds an entry.
    ///
    /// - Precondition: the key is new.
    mutating func append(key: String, value: String) {
        entries.append(Entry(key: key, value: value))
    }
}
