/// Limits on transforms, so that ICU cannot run out of memory or stack while it reads the rules of a file.
///
/// ICU replaces a variable by all that it stands for, wherever it is used, and calls itself for every bracket.
enum TransformLimits {
    /// Most bytes of an id.
    static let idBytes = 1_024
    /// Deepest nesting of brackets.
    static let depth = 32
    /// Most rules, definitions of variables included.
    static let rules = 4_096
    /// Most bytes of all rules with variables replaced by what they stand for.
    static let expandedBytes = 1 << 18
    /// Most bytes of a variable's name.
    static let nameBytes = 64

    /// The most transforms that an id names.
    static func transformCount(ofID id: String) -> Int { id.utf8.count { $0 == UInt8(ascii: ";") } + 1 }

    /// The most transforms that rules call: each after `::` or `&`.
    static func transformCount(ofRules rules: String) -> Int {
        var (count, previous): (Int, UInt8) = (0, 0)
        for byte in rules.utf8 {
            let isCall = byte == UInt8(ascii: "&") || byte == UInt8(ascii: ":") && previous == UInt8(ascii: ":")
            if isCall { count += 1 }
            previous = isCall ? 0 : byte
        }
        return count
    }

    /// Why an id is too large; nil if it is not.
    static func refusal(ofID id: String) -> String? {
        id.utf8.count > idBytes ? "an id of at most \(idBytes) bytes" : nil
    }

    /// Why rules are too large; nil if they are not.
    ///
    /// - Complexity: O(bytes · ``nameBytes``).
    static func refusal(ofRules rules: String) -> String? {
        var scanner = RuleScanner(Array(rules.utf8))
        return scanner.refusal()
    }
}

/// Walks through transliteration rules as ICU's parser does, and adds up what it would make of them.
private struct RuleScanner {
    private let text: [UInt8]
    private var index = 0
    private var (brackets, setDepth) = (0, 0)
    private var (rules, total) = (0, 0)
    /// Bytes of the current rule, variables replaced.
    private var size = 0
    private var ruleStart = 0
    private var isAtStart = true
    /// The name of the variable that the current rule defines.
    private var name: ArraySlice<UInt8>?
    /// Bytes that each variable stands for.
    private var sizes: [ArraySlice<UInt8>: Int] = [:]

    init(_ text: [UInt8]) { self.text = text }

    /// What the rules should have been; nil if they are within the limits.
    mutating func refusal() -> String? {
        while index < text.count {
            step(text[index])
            if brackets + setDepth > TransformLimits.depth {
                return "rules with brackets at most \(TransformLimits.depth) deep"
            }
            if let name, name.count > TransformLimits.nameBytes {
                return "names of variables of at most \(TransformLimits.nameBytes) bytes"
            }
            if total + size > TransformLimits.expandedBytes {
                return "rules of at most \(TransformLimits.expandedBytes) bytes with their variables replaced"
            }
        }
        return rules > TransformLimits.rules ? "at most \(TransformLimits.rules) rules" : nil
    }

    private mutating func step(_ byte: UInt8) {
        let start = index
        index += 1
        if isAtStart {
            guard byte > 0x20 else { return }
            if byte == UInt8(ascii: "#") { return skip(past: UInt8(ascii: "\n")) }
            (isAtStart, ruleStart) = (false, start)
        }
        size += 1
        switch byte {
        case UInt8(ascii: "\\"):
            index += 1
            size += 1
        case UInt8(ascii: "$"): size += longestVariable(at: index)
        case UInt8(ascii: "["): setDepth += 1
        case UInt8(ascii: "]"): setDepth = max(setDepth - 1, 0)
        case UInt8(ascii: "{") where setDepth > 0: skipString()
        // A quotation mark is a character like any other within a set.
        case UInt8(ascii: "'") where setDepth == 0:
            skip(past: UInt8(ascii: "'"))
            size += index - start
        case UInt8(ascii: "(") where setDepth == 0: brackets += 1
        case UInt8(ascii: ")") where setDepth == 0: brackets = max(brackets - 1, 0)
        case UInt8(ascii: "=") where setDepth == 0: define(before: start)
        case UInt8(ascii: ";") where setDepth == 0: endRule()
        default: break
        }
    }

    private mutating func endRule() {
        if let name { sizes[name] = max(sizes[name] ?? 0, size) }
        rules += 1
        total += size
        (size, brackets, name, isAtStart) = (0, 0, nil, true)
    }

    private mutating func define(before equals: Int) {
        guard text[ruleStart] == UInt8(ascii: "$"), name == nil else { return }
        var found = text[(ruleStart + 1)..<equals]
        while let last = found.last, last <= 0x20 { found.removeLast() }
        name = found
    }

    /// The most that a variable can stand for whose name begins at `start`: where a name ends is a question to ICU, so all
    /// prefixes count.
    private func longestVariable(at start: Int) -> Int {
        guard !sizes.isEmpty else { return 0 }
        var longest = 0
        var end = start
        while end < text.count, end - start < TransformLimits.nameBytes, isPartOfName(text[end]) {
            end += 1
            longest = max(longest, sizes[text[start..<end]] ?? 0)
        }
        return longest
    }

    private func isPartOfName(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == 0x5F || byte >= 0x80 }

    private mutating func skip(past end: UInt8) {
        index = (text[index...].firstIndex(of: end) ?? text.count - 1) + 1
    }

    /// Skips the rest of a string in a set, whose brackets are characters.
    private mutating func skipString() {
        while index < text.count, text[index] != UInt8(ascii: "}") {
            if text[index] == UInt8(ascii: "$") { size += longestVariable(at: index + 1) }
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
            size += 1
        }
        index += 1
    }
}
