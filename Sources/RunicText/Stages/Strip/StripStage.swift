/// Drops characters and markup that are not text.
///
/// Option `what`: some of these, joined by `+`; default: `controls+bidi`.
/// - `controls`: control characters except tab, line feed, carriage return and next line (U+0085).
/// - `bidi`: U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069.
/// - `zero-width`: U+200B, U+2060 and U+FEFF. The joiners are kept: emoji sequences, Indic scripts and Persian need them.
///   Thai and Khmer texts may mark words by U+200B.
/// - `joiners`: U+200C and U+200D too.
/// - `variation-selectors`: U+FE00 to U+FE0F, U+E0100 to U+E01EF, U+180B to U+180D and U+180F.
/// - `markup`: tags, comments and declarations of HTML or XML, and the content of `script` and `style`. `&amp;`, `&lt;`, `&gt;`,
///   `&quot;`, `&apos;`, `&nbsp;` and references by number are decoded. The content of CDATA sections is kept. A `<` that begins no
///   tag is kept: one without a name after it, one followed by another `<` or the end of the text before its `>`, and one whose `>`
///   is more than 64 KiB away. A tag is replaced by nothing.
///
/// With `markup` there are two more options, which new pipelines have as given in brackets:
/// - `breaks=false` or `true` [`true`]: tags of blocks, such as `<p>`, become a line feed unless the text ends in one, `<br>` becomes
///   a line feed, and `<td>` and `<th>` a tab between two cells.
/// - `entities=xml` or `html` [`html`]: whether all names of HTML are decoded, such as `&eacute;`.
///
/// Memory holds a chunk and one tag.
struct StripStage: CarryingStage {
    private enum Mode: Hashable {
        case text
        case comment
        case characterData
        /// In an element whose content is not text.
        case raw([UInt8])
    }

    private static let commentEnd = Array("-->".utf8)
    private static let characterDataEnd = Array("]]>".utf8)

    enum Entities: String, CaseIterable { case xml, html }

    private let targets: StripTargets
    private let hasBreaks: Bool
    private let readsHTML: Bool
    /// The last byte of the text so far.
    private var last: UInt8?
    private let leads: [Bool]
    private let dataLeads: [Bool]
    private var mode = Mode.text
    /// Bytes, from the first unsettled one on, in which no `<` begins markup.
    private var plain = 0
    private var offset = 0
    private var openedAt = 0
    private(set) var remarks: [String] = []
    var carry: [UInt8] = []

    init(targets: StripTargets, hasBreaks: Bool = false, readsHTML: Bool = false) {
        self.targets = targets
        self.hasBreaks = hasBreaks
        self.readsHTML = readsHTML
        leads = targets.leads
        var dataLeads = targets.subtracting(.markup).leads
        dataLeads[Int(UInt8(ascii: "]"))] = true
        self.dataLeads = dataLeads
    }

    mutating func settle(_ bytes: Span<UInt8>, isFinal: Bool, into output: inout StageOutput) -> Int {
        var index = 0
        while index < bytes.count {
            let start = index
            let before = mode
            switch mode {
            case .text, .characterData: index = text(bytes, from: index, isFinal, &output)
            case .comment: index = skip(bytes, from: index, to: Self.commentEnd, isFinal, &output)
            case .raw(let element): index = raw(bytes, from: index, element, isFinal, &output)
            }
            offset += index - start
            plain = max(0, plain - (index - start))
            if index == start && mode == before { break }
        }
        return index
    }

    mutating func restart() {
        switch mode {
        case .comment: remarks.append("a comment that begins at byte \(openedAt) is not closed: the rest is left out")
        case .raw(let element):
            let name = String(decoding: element, as: UTF8.self)
            remarks.append("an element <\(name)> that begins at byte \(openedAt) is not closed: the rest is left out")
        case .text, .characterData: break
        }
        mode = .text
        plain = 0
        offset = 0
        last = nil
    }

    private mutating func pass(_ bytes: Span<UInt8>, _ output: inout StageOutput) {
        output.pass(bytes)
        if !bytes.isEmpty { last = bytes[bytes.count - 1] }
    }

    /// Passes text on until the mode changes or more bytes are needed, and returns that place.
    private mutating func text(
        _ bytes: Span<UInt8>, from first: Int, _ isFinal: Bool, _ output: inout StageOutput
    ) -> Int {
        let isData = mode == .characterData
        let leads = isData ? dataLeads : self.leads
        var start = first
        var index = first
        var plainEnd = first + plain
        defer { plain = max(plain, plainEnd - first) }
        while index < bytes.count {
            let byte = bytes[index]
            guard leads[Int(byte)] else {
                index += 1
                continue
            }
            var found = Found.text(length: 1)
            if byte >= 0x80 || !targets.contains(.markup) || byte < 0x20 || byte == 0x7F {
                found = codePoint(bytes, index)
            } else if byte == UInt8(ascii: "&") {
                found = reference(bytes, index)
            } else if byte == UInt8(ascii: "]") {
                found = dataEnd(bytes, index)
            } else if index >= plainEnd {
                found = tag(bytes, index, isFinal, first: first)
                if case .text(let length) = found {
                    plainEnd = index + length
                    found = .text(length: 1)
                }
            }
            if found == .cut { found = isFinal ? .text(length: 1) : .cut }
            switch found {
            case .text(let length): index += length
            case .cut:
                pass(bytes.extracting(start..<index), &output)
                return index
            case .left(let length, let new):
                pass(bytes.extracting(start..<index), &output)
                output.replace(length, with: new)
                last = new.last ?? last
                index += length
                start = index
            case .gap(let length, let gap):
                pass(bytes.extracting(start..<index), &output)
                let new = gap.text(after: last)
                output.replace(length, with: new)
                last = new.last ?? last
                index += length
                start = index
            case .modeChange(let length):
                pass(bytes.extracting(start..<index), &output)
                output.drop(length)
                return index + length
            }
        }
        pass(bytes.extracting(start..<index), &output)
        return index
    }

    private enum Found: Hashable {
        case text(length: Int)
        case left(length: Int, new: [UInt8])
        /// A tag in place of which there is white space.
        case gap(length: Int, MarkupBreak)
        case modeChange(length: Int)
        case cut
    }

    private func codePoint(_ bytes: Span<UInt8>, _ index: Int) -> Found {
        switch DecodedScalar(bytes, at: index) {
        case .whole(let value, let length):
            return targets.contain(value) ? .left(length: length, new: []) : .text(length: length)
        case .cut: return .cut
        case .invalid: return .text(length: 1)
        }
    }

    private func reference(_ bytes: Span<UInt8>, _ index: Int) -> Found {
        switch MarkupReference(bytes, at: index, readsHTML: readsHTML) {
        case .named(let text, let length): return .left(length: length, new: text)
        case .whole(let value, let length):
            return .left(length: length, new: targets.contain(value) ? [] : utf8Bytes(value))
        case .cut: return .cut
        case .none: return .text(length: 1)
        }
    }

    private mutating func dataEnd(_ bytes: Span<UInt8>, _ index: Int) -> Found {
        switch bytes.match(Self.characterDataEnd, at: index) {
        case .whole:
            mode = .text
            return .modeChange(length: Self.characterDataEnd.count)
        case .cut: return .cut
        case .none: return .text(length: 1)
        }
    }

    private mutating func tag(_ bytes: Span<UInt8>, _ index: Int, _ isFinal: Bool, first: Int) -> Found {
        switch MarkupTag(bytes, at: index, isFinal: isFinal) {
        case .tag(let end, nil, let name):
            let gap = hasBreaks ? name.flatMap { MarkupBreak(element: bytes.extracting($0).copied) } : nil
            return gap.map { .gap(length: end - index, $0) } ?? .left(length: end - index, new: [])
        case .tag(let end, let element?, _):
            mode = .raw(element)
            openedAt = offset + index - first
            return .modeChange(length: end - index)
        case .comment:
            mode = .comment
            openedAt = offset + index - first
            // The same dashes may also end it: <!-->.
            return .modeChange(length: 2)
        case .characterData:
            mode = .characterData
            return .modeChange(length: MarkupTag.characterDataStart.count)
        case .text(let end): return .text(length: end - index)
        case .cut: return .cut
        }
    }

    /// Drops bytes up to the end of `pattern`; returns that place, or the one where more bytes are needed.
    private mutating func skip(
        _ bytes: Span<UInt8>, from index: Int, to pattern: [UInt8], _ isFinal: Bool, _ output: inout StageOutput
    ) -> Int {
        var end = isFinal ? bytes.count : max(index, bytes.count - pattern.count + 1)
        if let found = bytes.firstIndex(of: pattern, from: index) {
            end = found + pattern.count
            mode = .text
        }
        output.drop(end - index)
        return end
    }

    /// Drops bytes up to the end tag of `element`; returns its start, or the place where more bytes are needed.
    private mutating func raw(
        _ bytes: Span<UInt8>, from first: Int, _ element: [UInt8], _ isFinal: Bool, _ output: inout StageOutput
    ) -> Int {
        var index = first
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<") {
                let nameEnd = index + 2 + element.count
                if nameEnd >= bytes.count {
                    if !isFinal { break }
                } else if bytes[index + 1] == UInt8(ascii: "/"), bytes.matchesName(element, index + 2..<nameEnd),
                    bytes[nameEnd].isMarkupSpace || bytes[nameEnd] == UInt8(ascii: "/")
                        || bytes[nameEnd] == UInt8(ascii: ">")
                {
                    mode = .text
                    break
                }
            }
            index += 1
        }
        output.drop(index - first)
        return index
    }

    @Sendable static func make(_ options: [String: String], _ context: StageContext) throws(TextError) -> any TextStage
    {
        let options = try StageOptions(stage: "strip", options: options, known: ["what", "breaks", "entities"])
        let targets = try targets(options)
        for name in ["breaks", "entities"] where options.text(name) != nil && !targets.contains(.markup) {
            throw options.refusal(of: name, expected: "it together with what=markup")
        }
        return StripStage(
            targets: targets, hasBreaks: try options.flag("breaks"),
            readsHTML: try options.choice("entities", default: Entities.xml) == .html)
    }

    private static func stripsMarkup(_ options: [String: String]) -> Bool {
        options["what"]?.split(separator: "+").contains("markup") ?? false
    }

    @Sendable static func isSplittable(_ options: [String: String]) -> Bool { !stripsMarkup(options) }

    /// What new pipelines have.
    @Sendable static func current(_ options: [String: String]) -> [String: String] {
        stripsMarkup(options) ? ["breaks": "true", "entities": Entities.html.rawValue] : [:]
    }

    private static func targets(_ options: StageOptions) throws(TextError) -> StripTargets {
        guard let asked = options.list("what") else { return [.controls, .bidi] }
        var targets: StripTargets = []
        for name in asked {
            guard let found = StripTargets.names.first(where: { $0.name == name }) else {
                throw .stageOption(
                    stage: "strip", option: "what", value: asked.joined(separator: "+"),
                    expected: StripTargets.names.map(\.name).joined(separator: ", ") + ", joined by +")
            }
            targets.formUnion(found.target)
        }
        return targets
    }
}

extension StageDefinition {
    /// `strip`: `what=controls+bidi+zero-width+joiners+variation-selectors+markup`, some of them.
    public static let strip = StageDefinition(
        name: "strip",
        isSplittable: StripStage.isSplittable, current: StripStage.current, make: StripStage.make,
        summary:
            "drops what is not text; what=any of controls, bidi, zero-width, joiners, variation-selectors and "
            + "markup (HTML and XML), joined by + (default: controls+bidi); with markup, breaks=true or false (tags of blocks "
            + "become line feeds) and entities=html or xml")
}
