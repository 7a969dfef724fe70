/// The paths of the texts at the beginning of a JSON file, such as `messages[].text`, for messages.
struct JSONKeyList {
    /// Most values that are looked at.
    private static let mostValues = 2_000
    private static let mostPaths = 12
    private static let longestKey = 40
    private static let element = Array("[]".utf8)

    private var values = 0
    private var paths: [String] = []
    /// For each open object or array, the key of its current value; `[]` for an element.
    private var steps: [[UInt8]] = []
    private var key: [UInt8] = []
    private var hasMore = false

    private var isCollecting: Bool { values < Self.mostValues }

    /// Whether no object had a key.
    var isEmpty: Bool { paths.isEmpty }

    mutating func open() { if isCollecting { steps.append([]) } }
    mutating func close() { if isCollecting { _ = steps.popLast() } }

    /// Begins the name of a key.
    mutating func beginKey() { key.removeAll(keepingCapacity: true) }

    /// Adds to the name.
    mutating func collect(_ bytes: Span<UInt8>) {
        guard isCollecting, key.count < Self.longestKey else { return }
        key.append(bytes.extracting(0..<min(bytes.count, Self.longestKey - key.count)))
    }

    /// The next value is that of the key.
    mutating func enter() {
        guard isCollecting, !steps.isEmpty else { return }
        steps[steps.count - 1] = key
    }

    /// The next value is an element.
    mutating func enterElement() {
        guard isCollecting, !steps.isEmpty else { return }
        steps[steps.count - 1] = Self.element
    }

    /// Notes that a text, number or the like is here.
    mutating func noteText() {
        guard isCollecting else { return }
        values += 1
        guard steps.contains(where: { $0 != Self.element }) else { return }
        var path = ""
        for step in steps {
            if step == Self.element {
                path += "[]"
            } else {
                let name = String(decoding: step, as: UTF8.self)
                path += (path.isEmpty ? "" : ".") + (name.contains(".") ? "\"\(name)\"" : name)
            }
        }
        guard !paths.contains(path) else { return }
        if paths.count < Self.mostPaths { paths.append(path) } else { hasMore = true }
    }
}

extension JSONKeyList: CustomStringConvertible {
    var description: String { paths.joined(separator: ", ") + (hasMore ? ", …" : "") }
}
