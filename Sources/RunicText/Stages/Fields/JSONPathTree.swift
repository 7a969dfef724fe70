/// Paths through JSON, such as `turns[].utterance`, `*.text` or `"a.b"`, as one tree.
struct JSONPathTree: Hashable {
    struct Node: Hashable {
        var keys: [[UInt8]: Int] = [:]
        /// The node of every other key.
        var anyKey: Int?
        var elements: Int?
        /// The path that ends here, as it was written, if its values are wanted.
        var path: String?
        /// Whether each value here is a record.
        var isRecord = false

        var isChosen: Bool { path != nil }
    }

    private(set) var nodes = [Node()]
    /// The length of the longest key, in bytes.
    private(set) var longestKey = 0

    /// The tree of paths that are joined by `+`, and of the path of the records; nil if one is malformed.
    init?(_ paths: String, record: String? = nil) {
        guard let all = Self.split(Array(paths.utf8)[...], at: UInt8(ascii: "+")) else { return nil }
        for path in all {
            guard let node = add(path) else { return nil }
            nodes[node].path = String(decoding: path, as: UTF8.self)
        }
        guard let record else { return }
        guard let node = add(Array(record.utf8)[...]) else { return nil }
        nodes[node].isRecord = true
    }

    /// Whether some path names the records.
    var hasRecords: Bool { nodes.contains(where: \.isRecord) }

    /// The node of a key of the object at `node`.
    func child(of node: Int, _ name: [UInt8]) -> Int? { nodes[node].keys[name] ?? nodes[node].anyKey }

    private mutating func add(_ path: ArraySlice<UInt8>) -> Int? {
        guard let parts = Self.split(path, at: UInt8(ascii: ".")) else { return nil }
        var node = 0
        for (index, part) in parts.enumerated() {
            var name = part
            var depth = 0
            while name.suffix(2) == [UInt8(ascii: "["), UInt8(ascii: "]")] {
                name = name.dropLast(2)
                depth += 1
            }
            guard !name.isEmpty || (index == 0 && depth > 0) else { return nil }
            if name == [UInt8(ascii: "*")] {
                node = anyKey(of: node)
            } else if name.first == UInt8(ascii: "\"") {
                node = makeChild(of: node, Array(name.dropFirst().dropLast()))
            } else if !name.isEmpty {
                guard !name.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) else { return nil }
                node = makeChild(of: node, Array(name))
            }
            for _ in 0..<depth { node = elements(of: node) }
        }
        return node
    }

    /// The parts between separators that are not in quotes; nil if a quote is not closed, or is within a key.
    private static func split(_ text: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>]? {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var isQuoted = false
        for index in text.indices {
            if text[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard text[index] == separator, !isQuoted else { continue }
            parts.append(text[start..<index])
            start = index + 1
        }
        return isQuoted ? nil : parts + [text[start...]]
    }

    private mutating func makeChild(of node: Int, _ name: [UInt8]) -> Int {
        longestKey = max(longestKey, name.count)
        if let child = nodes[node].keys[name] { return child }
        nodes.append(Node())
        nodes[node].keys[name] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func anyKey(of node: Int) -> Int {
        if let child = nodes[node].anyKey { return child }
        nodes.append(Node())
        nodes[node].anyKey = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func elements(of node: Int) -> Int {
        if let elements = nodes[node].elements { return elements }
        nodes.append(Node())
        nodes[node].elements = nodes.count - 1
        return nodes.count - 1
    }
}
