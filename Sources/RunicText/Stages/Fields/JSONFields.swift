/// The stage `fields` on JSON, read byte by byte: memory holds the current path and a key, but no value.
struct JSONFields: TextStage {
    private enum Place: Hashable {
        case value, firstElement, firstKey, key, colon, afterValue
        case string, escape
        case literal
    }
    private enum Role: Hashable { case key, chosen, other }
    private struct Frame {
        let isObject: Bool
        /// The node of the tree that this object or array is at, if any.
        let node: Int?
        /// Whether this is a list of parts of one text, or an object in one.
        var isList = false
        var isPart = false
        /// The nodes of the wanted keys that the object has had so far.
        var seen: [Int] = []
    }

    private static let deepest = 512
    private static let longestLiteral = 1024

    private let tree: JSONPathTree
    private let key: String
    /// The key of the objects in a list of parts; nil: lists are errors.
    private let parts: [UInt8]?
    /// Whether something must be at every path.
    private let needsAll: Bool
    private let hasRecords: Bool
    private let hasLines: Bool
    private let join: [UInt8]
    private let end: [UInt8]
    private let path: String

    private var writer = OutputWriter()
    private var place = Place.value
    private var frames: [Frame] = []
    /// The node of the value that is next or being read.
    private var node: Int? = 0
    private var role = Role.other
    private var name: [UInt8] = []
    private var literal: [UInt8] = []
    private var escape = JSONEscape()
    /// The start of the chunk, and the end of its accounted bytes.
    private var offset = 0
    private var mark = 0
    private var isKeeping = false
    private var isTopArray = false
    private var values = 0
    private var records = 0
    private var emptyRecords = 0
    private var allRecords = 0
    /// Whether the next value is a part of a text, and whether one of its parts was written.
    private var isPart = false
    private var hasPart = false
    private var found: Set<Int> = []
    private var loneSurrogates = 0
    private var repeatedKeys = 0
    private var keys = JSONKeyList()

    init(
        tree: JSONPathTree, key: String, parts: [UInt8]? = nil, needsAll: Bool = false, hasLines: Bool, join: [UInt8],
        end: [UInt8], path: String
    ) {
        self.tree = tree
        self.key = key
        self.parts = parts
        self.needsAll = needsAll
        hasRecords = tree.hasRecords
        self.hasLines = hasLines
        self.join = join
        self.end = end
        self.path = path
    }

    var remarks: [String] {
        var remarks: [String] = []
        if emptyRecords > 0 { remarks.append("\(emptyRecords) of \(allRecords) records have no value at \(key)") }
        if loneSurrogates > 0 {
            let count = loneSurrogates == 1 ? "1 lone surrogate is" : "\(loneSurrogates) lone surrogates are"
            remarks.append("\(count) no character and became U+FFFD")
        }
        if repeatedKeys > 0 {
            let count = repeatedKeys == 1 ? "1 key is" : "\(repeatedKeys) keys are"
            remarks.append("\(count) repeated in an object: all values are taken, where other programs take the last")
        }
        return remarks
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        mark = 0
        var index = 0
        while index < input.count {
            switch place {
            case .string: try string(input, &index, &output)
            case .escape:
                try escaped(input[index], at: index, &output)
                index += 1
            case .literal where input[index].isPartOfLiteral:
                try extend(input[index], at: index)
                index += 1
            case .literal: try endLiteral(at: index, &output)
            default:
                try structure(input, index, &output)
                index += 1
            }
        }
        account(input, to: input.count, &output)
        offset += input.count
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        mark = 0
        if place == .literal { try endLiteral(at: 0, &output) }
        let isBetween = frames.isEmpty && (place == .afterValue || (place == .value && hasLines))
        guard isBetween else { throw failure("the text ends within a value", at: 0) }
        if place == .afterValue, hasLines && !hasRecords { endRecord(&output) }
        if hasRecords && values > 0 { endRecord(&output) }
        writer.flush(into: &output)
        try checkPaths()
        found = []
        keys = JSONKeyList()
        place = .value
        node = 0
        offset = 0
        records = 0
        isTopArray = false
    }

    /// Refuses a path at which nothing is.
    private func checkPaths() throws(TextError) {
        guard needsAll, !keys.isEmpty else { return }
        for (index, node) in tree.nodes.enumerated() where !found.contains(index) {
            guard let path = node.path else { continue }
            throw .stageFailed(
                name: FieldsStage.name, path: self.path,
                reason: "nothing is at \(path); texts are at \(keys.description); missing=skip takes what there is")
        }
    }

    /// Whether a text begins as such a file does; nil if more bytes are needed.
    static func begins(_ text: [UInt8], hasLines: Bool, isFinal: Bool) -> Bool? {
        let rest = text.drop(while: \.isMarkupSpace)
        guard let first = rest.first else { return isFinal ? false : nil }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
        guard hasLines else { return true }
        let line = rest.prefix { $0 != 0x0A }
        guard isFinal || line.count < rest.count else { return nil }
        let last = line.last { !$0.isMarkupSpace }
        return last == (first == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    /// Accounts for the bytes up to `index`: passes or drops them.
    private mutating func account(_ input: Span<UInt8>, to index: Int, _ output: inout StageOutput) {
        if isKeeping { writer.keep(input.extracting(mark..<index), into: &output) } else { writer.skip(index - mark) }
        mark = index
    }

    private func failure(_ reason: String, at index: Int) -> TextError {
        .stageFailed(
            name: FieldsStage.name, path: path, reason: "record \(records + 1), byte \(offset + index): \(reason)")
    }

    private func unexpected(_ byte: UInt8, _ expected: String, at index: Int) -> TextError {
        let shown = (0x21...0x7E).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "0x" + hexadecimal([byte]).uppercased()
        return failure("found \(shown) instead of \(expected)", at: index)
    }

    // MARK: Structure

    private mutating func structure(
        _ input: Span<UInt8>, _ index: Int, _ output: inout StageOutput
    ) throws(TextError) {
        let byte = input[index]
        if hasLines && byte == 0x0A {
            guard frames.isEmpty, place == .value || place == .afterValue else {
                throw failure("the line ends within a value", at: index)
            }
            account(input, to: index + 1, &output)
            if place == .afterValue && !hasRecords { endRecord(&output) }
            place = .value
            node = 0
            isPart = false
            return
        }
        if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { return }
        switch (place, byte) {
        case (.firstElement, UInt8(ascii: "]")), (.firstKey, UInt8(ascii: "}")):
            close(input, index, &output)
        case (.value, _), (.firstElement, _):
            if place == .firstElement { beginElement() }
            try begin(input, index, &output)
        case (.firstKey, UInt8(ascii: "\"")), (.key, UInt8(ascii: "\"")):
            role = .key
            name.removeAll(keepingCapacity: true)
            keys.beginKey()
            place = .string
        case (.firstKey, _), (.key, _): throw unexpected(byte, "a key in quotes", at: index)
        case (.colon, UInt8(ascii: ":")): place = .value
        case (.colon, _): throw unexpected(byte, "a colon", at: index)
        default: try afterValue(input, index, &output)
        }
    }

    private mutating func afterValue(
        _ input: Span<UInt8>, _ index: Int, _ output: inout StageOutput
    ) throws(TextError) {
        let byte = input[index]
        guard let frame = frames.last else { throw unexpected(byte, "the end of the text or line", at: index) }
        switch byte {
        case UInt8(ascii: ","):
            place = frame.isObject ? .key : .value
            if !frame.isObject { beginElement() }
        case UInt8(ascii: "}") where frame.isObject, UInt8(ascii: "]") where !frame.isObject:
            close(input, index, &output)
        default: throw unexpected(byte, "a comma or the end of the \(frame.isObject ? "object" : "array")", at: index)
        }
    }

    /// The node of the next element of the open array.
    private var elementNode: Int? { frames.last?.node.flatMap { tree.nodes[$0].elements } }
    private var isChosen: Bool { isPart || node.map { tree.nodes[$0].isChosen } ?? false }

    /// The next value is an element of the open array.
    private mutating func beginElement() {
        node = elementNode
        isPart = frames.last?.isList ?? false
        keys.enterElement()
    }

    private mutating func begin(_ input: Span<UInt8>, _ index: Int, _ output: inout StageOutput) throws(TextError) {
        let byte = input[index]
        switch byte {
        case UInt8(ascii: "\""):
            role = isChosen ? .chosen : .other
            place = .string
            keys.noteText()
            guard role == .chosen else { return }
            account(input, to: index + 1, &output)
            beginValue(&output)
            isKeeping = true
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = byte == UInt8(ascii: "{")
            let isList = !isObject && parts != nil && isChosen && !isPart
            let descends =
                node.map {
                    isObject
                        ? tree.nodes[$0].keys.isEmpty == false || tree.nodes[$0].anyKey != nil
                        : tree.nodes[$0].elements != nil
                } ?? false
            guard !isChosen || isList || (isObject && isPart) || descends else {
                let way =
                    isObject || parts != nil
                    ? "name what is in it" : "name what is in it, or put lists of texts together with parts=KEY"
                throw failure("\(key) is an \(isObject ? "object" : "array"), not text; \(way)", at: index)
            }
            guard frames.count < Self.deepest else {
                throw failure("objects and arrays are more than \(Self.deepest) deep", at: index)
            }
            if frames.isEmpty { isTopArray = !isObject && !hasLines }
            frames.append(Frame(isObject: isObject, node: node, isList: isList, isPart: isObject && isPart))
            keys.open()
            if isList { hasPart = false }
            if isList, let node { found.insert(node) }
            place = isObject ? .firstKey : .firstElement
        case _ where byte.isPartOfLiteral:
            account(input, to: index, &output)
            literal = [byte]
            mark = index + 1
            place = .literal
        default: throw unexpected(byte, "a value", at: index)
        }
    }

    private mutating func beginValue(_ output: inout StageOutput) {
        if isPart {
            // The parts of a text follow one another without anything between them.
            if !hasPart && values > 0 { writer.put(join, into: &output) }
            if !hasPart { values += 1 }
            hasPart = true
            return
        }
        if let node { found.insert(node) }
        if values > 0 { writer.put(join, into: &output) }
        values += 1
    }

    private mutating func close(_ input: Span<UInt8>, _ index: Int, _ output: inout StageOutput) {
        let frame = frames.removeLast()
        keys.close()
        account(input, to: index + 1, &output)
        node = frame.node
        endValue(&output)
    }

    private mutating func endValue(_ output: inout StageOutput) {
        place = .afterValue
        isPart = false
        if hasRecords {
            if let node, tree.nodes[node].isRecord { endRecord(&output) }
        } else if !hasLines && (isTopArray ? frames.count == 1 : frames.isEmpty) {
            endRecord(&output)
        }
    }

    private mutating func endRecord(_ output: inout StageOutput) {
        if values > 0 { writer.put(end, into: &output) } else { emptyRecords += 1 }
        values = 0
        records += 1
        allRecords += 1
    }

    // MARK: Literals

    private mutating func extend(_ byte: UInt8, at index: Int) throws(TextError) {
        guard literal.count < Self.longestLiteral else { throw failure("a number is too long", at: index) }
        literal.append(byte)
        mark = index + 1
    }

    private mutating func endLiteral(at index: Int, _ output: inout StageOutput) throws(TextError) {
        keys.noteText()
        let literal = JSONLiteral(literal)
        guard let kind = literal.kind else {
            let text = String(decoding: literal.bytes, as: UTF8.self)
            throw failure("'\(text)' is not a value; texts need quotes", at: index - literal.bytes.count)
        }
        if isChosen && kind != .null {
            beginValue(&output)
            writer.keep(literal.bytes.span, into: &output)
        } else {
            writer.skip(literal.bytes.count)
        }
        endValue(&output)
    }

    // MARK: Strings

    /// Continues a string up to its end, an escape or the end of the chunk.
    private mutating func string(
        _ input: Span<UInt8>, _ index: inout Int, _ output: inout StageOutput
    ) throws(TextError) {
        let start = index
        while index < input.count, input[index] >= 0x20, input[index] != UInt8(ascii: "\""),
            input[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
        if index > start {
            give(escape.takeOther(), &output)
            if role == .key { collect(input.extracting(start..<index)) }
        }
        guard index < input.count else { return }
        switch input[index] {
        case UInt8(ascii: "\\"):
            account(input, to: index, &output)
            if role == .chosen { mark = index + 1 }
            escape.begin()
            place = .escape
        case UInt8(ascii: "\""):
            give(escape.takeOther(), &output)
            account(input, to: index, &output)
            try endString(input, index, &output)
        default: throw unexpected(input[index], "an escape", at: index)
        }
        index += 1
    }

    private mutating func endString(
        _ input: Span<UInt8>, _ index: Int, _ output: inout StageOutput
    ) throws(TextError) {
        isKeeping = false
        guard role == .key else {
            endValue(&output)
            return
        }
        node = frames.last?.node.flatMap { tree.child(of: $0, name) }
        isPart = frames.last?.isPart == true && name == parts
        noteKey()
        keys.enter()
        place = .colon
    }

    /// Counts a wanted key that its object has already had.
    private mutating func noteKey() {
        guard let last = frames.indices.last, let parent = frames[last].node, let child = tree.nodes[parent].keys[name]
        else { return }
        if frames[last].seen.contains(child) { repeatedKeys += 1 } else { frames[last].seen.append(child) }
    }

    private mutating func escaped(_ byte: UInt8, at index: Int, _ output: inout StageOutput) throws(TextError) {
        if role == .chosen { mark = index + 1 }
        switch escape.take(byte) {
        case .inside: return
        case .invalid: throw unexpected(byte, "the rest of an escape", at: index)
        case .whole: place = .string
        case .given(let replacements):
            for replacement in replacements { give(replacement, &output) }
            place = .string
        }
    }

    /// Writes the code point of an escape.
    private mutating func give(_ replacement: JSONEscape.Replacement?, _ output: inout StageOutput) {
        guard let replacement else { return }
        switch role {
        case .chosen:
            if replacement.isLone { loneSurrogates += 1 }
            writer.replace(replacement.length, with: utf8Bytes(replacement.codePoint), into: &output)
        case .key: collect(utf8Bytes(replacement.codePoint).span)
        case .other: break
        }
    }

    /// Adds to the key; one that is longer than any wanted key is cut.
    private mutating func collect(_ bytes: Span<UInt8>) {
        let limit = max(tree.longestKey, parts?.count ?? 0) + 1
        name.append(bytes.extracting(0..<min(bytes.count, limit - min(name.count, limit))))
        keys.collect(bytes)
    }
}
