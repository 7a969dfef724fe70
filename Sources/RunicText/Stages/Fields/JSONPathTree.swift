/// Paths through JSON, such as `turns[].utterance`, as one tree.
struct JSONPathTree: Hashable {
    struct Node: Hashable {
        var keys: [[UInt8]: Int] = [:]
        var elements: Int?
        /// Whether a path ends here.
        var isChosen = false
    }

    private(set) var nodes = [Node()]
    /// The length of the longest key, in bytes.
    private(set) var longestKey = 0

    /// The tree of `paths`; nil if one is malformed.
    init?(_ paths: [String]) {
        for path in paths {
            var node = 0
            for (index, part) in path.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .enumerated()
            {
                var name = Array(part)
                var depth = 0
                while name.suffix(2) == [UInt8(ascii: "["), UInt8(ascii: "]")] {
                    name.removeLast(2)
                    depth += 1
                }
                let isName = !name.contains { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }
                guard isName, !name.isEmpty || (index == 0 && depth > 0) else { return nil }
                if !name.isEmpty { node = child(of: node, name) }
                for _ in 0..<depth { node = elements(of: node) }
            }
            nodes[node].isChosen = true
        }
    }

    private mutating func child(of node: Int, _ name: [UInt8]) -> Int {
        longestKey = max(longestKey, name.count)
        if let child = nodes[node].keys[name] { return child }
        nodes.append(Node())
        nodes[node].keys[name] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func elements(of node: Int) -> Int {
        if let elements = nodes[node].elements { return elements }
        nodes.append(Node())
        nodes[node].elements = nodes.count - 1
        return nodes.count - 1
    }
}
