/// What a `<` of HTML or XML begins.
enum MarkupTag: Hashable {
    /// A tag or declaration that ends before `end`; `element` is `script` or `style` if the tag opens one, and `name` the range of
    /// an element's name.
    case tag(end: Int, element: [UInt8]?, name: Range<Int>? = nil)
    /// A comment.
    case comment
    /// A section of XML whose content is text.
    case characterData
    /// No markup: it is kept, with the bytes up to `end`.
    case text(end: Int)
    /// More bytes are needed.
    case cut

    /// The longest tag, in bytes: a longer one is text.
    static let longest = 1 << 16
    static let commentStart = Array("<!--".utf8)
    static let characterDataStart = Array("<![CDATA[".utf8)
    private static let rawElements = [Array("script".utf8), Array("style".utf8)]

    /// Reads the markup that begins with the `<` at `index`; `isFinal` says that the text ends with these bytes.
    init(_ bytes: Span<UInt8>, at index: Int, isFinal: Bool) {
        let next = index + 1 < bytes.count ? bytes[index + 1] : nil
        let second = index + 2 < bytes.count ? bytes[index + 2] : nil
        switch (next, second) {
        case (UInt8(ascii: "!"), _):
            switch (bytes.match(Self.commentStart, at: index), bytes.match(Self.characterDataStart, at: index)) {
            case (.whole, _): self = .comment
            case (_, .whole): self = .characterData
            case (.none, .none): self = Self.declaration(bytes, index, isFinal)
            default: self = isFinal ? .text(end: bytes.count) : .cut
            }
        case (UInt8(ascii: "?"), _): self = Self.declaration(bytes, index, isFinal)
        case (UInt8(ascii: "/"), let letter?) where letter.isLetter:
            self = Self.element(bytes, index, name: index + 2, isFinal)
        case (let letter?, _) where letter.isLetter: self = Self.element(bytes, index, name: index + 1, isFinal)
        case (nil, _), (UInt8(ascii: "/"), nil): self = isFinal ? .text(end: bytes.count) : .cut
        default: self = .text(end: index + 1)
        }
    }

    /// `<!DOCTYPE …>`, `<?xml …?>` and the like, which end at the next `>`.
    private static func declaration(_ bytes: Span<UInt8>, _ index: Int, _ isFinal: Bool) -> MarkupTag {
        guard index + 2 < bytes.count else { return isFinal ? .text(end: bytes.count) : .cut }
        let first = bytes[index + 2]
        guard first.isLetter || first == UInt8(ascii: "[") else { return .text(end: index + 1) }
        var place = index + 3
        while place < min(bytes.count, index + longest) {
            if bytes[place] == UInt8(ascii: ">") { return .tag(end: place + 1, element: nil) }
            if bytes[place] == UInt8(ascii: "<") { return .text(end: place) }
            place += 1
        }
        return unended(bytes, index, place, isFinal)
    }

    private static func element(_ bytes: Span<UInt8>, _ index: Int, name: Int, _ isFinal: Bool) -> MarkupTag {
        let limit = min(bytes.count, index + longest)
        var place = name
        while place < limit, bytes[place].isPartOfName { place += 1 }
        guard place < limit else { return unended(bytes, index, place, isFinal) }
        let isTag = bytes[place].isMarkupSpace || bytes[place] == UInt8(ascii: "/") || bytes[place] == UInt8(ascii: ">")
        // An address such as <http://x.org> or <a@x.org> is not a tag.
        guard isTag, bytes[place - 1] != UInt8(ascii: ":"), bytes[place - 1] != UInt8(ascii: ".") else {
            return .text(end: index + 1)
        }
        let nameEnd = place
        var scanner = AttributeScanner()
        while place < limit {
            switch scanner.take(bytes[place]) {
            case .inside: place += 1
            case .broken: return .text(end: place)
            case .end(let isEmpty):
                guard name == index + 1, !isEmpty else {
                    return .tag(end: place + 1, element: nil, name: name..<nameEnd)
                }
                let element = rawElements.first { bytes.matchesName($0, name..<nameEnd) }
                return .tag(end: place + 1, element: element, name: name..<nameEnd)
            }
        }
        return unended(bytes, index, place, isFinal)
    }

    private static func unended(_ bytes: Span<UInt8>, _ index: Int, _ place: Int, _ isFinal: Bool) -> MarkupTag {
        isFinal || place - index >= longest ? .text(end: place) : .cut
    }
}
