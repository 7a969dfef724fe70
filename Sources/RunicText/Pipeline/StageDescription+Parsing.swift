internal import RunicDisplay

extension StageDescription {
    /// Parses a stage from a command line: `name`, or `name:option=value,option=value`.
    ///
    /// A comma begins another option only if letters or dashes and `=` follow it, so that values may contain commas; `\,` is always a
    /// comma. Other backslashes are left for the stage.
    ///
    /// - Throws: `TextError.stageSyntax`.
    public init(parsing text: String) throws(TextError) {
        let bytes = Array(text.utf8)
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        let name = bytes[..<colon]
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }) else {
            throw .stageSyntax(text: text, reason: "it does not begin with the name of a stage")
        }
        self.init(name: String(decoding: name, as: UTF8.self))
        guard colon < bytes.endIndex else { return }
        var rest = bytes[(colon + 1)...]
        repeat {
            guard let equals = Self.optionEnd(rest) else {
                throw .stageSyntax(text: text, reason: "option=value must follow the colon")
            }
            let option = String(decoding: rest[rest.startIndex..<equals], as: UTF8.self)
            rest = rest[(equals + 1)...]
            let value = Self.takeValue(&rest)
            guard options.updateValue(value, forKey: option) == nil else {
                throw .stageSyntax(text: text, reason: "option \(option) is given twice")
            }
        } while !rest.isEmpty
    }

    /// Escapes the texts among the options, which were typed without escapes: the stages that have them read escapes.
    package mutating func escapeTexts() {
        guard let definition = try? StageRegistry.builtIn.definition(for: self) else { return }
        for option in definition.textOptions {
            if let typed = options[option] { options[option] = TextEscapes.escape(typed) }
        }
    }

    /// The index of `=` after the option that `text` begins with; nil if it begins with none.
    private static func optionEnd(_ text: ArraySlice<UInt8>) -> Int? {
        let name = text.prefix { $0.isLetter || $0 == UInt8(ascii: "-") }
        guard !name.isEmpty, name.endIndex < text.endIndex, text[name.endIndex] == UInt8(ascii: "=") else { return nil }
        return name.endIndex
    }

    /// Takes the value that `rest` begins with, and the comma after it.
    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String {
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
                value += next == UInt8(ascii: ",") ? [next] : [byte, next]
            } else if byte == UInt8(ascii: ","), optionEnd(rest) != nil {
                break
            } else {
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }
}
