internal import RunicDisplay
package import RunicText
internal import RunicTraining
internal import RunicSymbols

/// Cuts symbols into lines, paragraphs or documents.
package struct PassageSplitter: Sendable {
    /// What a passage is.
    package enum Kind: Sendable, Hashable {
        case lines
        /// The text between empty lines.
        case paragraphs
        /// The text between separators of these symbols, at least one.
        case documents([UInt16])
    }

    package let kind: Kind
    /// 0: no line end; 1: a line end; 2: one that a line feed may continue; 3: a line feed.
    private let ends: [UInt8]

    package init(_ kind: Kind, _ vocabulary: Vocabulary) {
        self.kind = kind
        ends = vocabulary.symbols.map { symbol in
            switch symbol.bytes {
            case [0x0D]: 2
            case [0x0A]: 3
            case let bytes: LineEnd.isLineEnd(bytes) ? 1 : 0
            }
        }
    }

    /// Calls `body` with every passage of `range` that is not empty, without its end.
    ///
    /// - Complexity: O(symbols).
    package func forEach(of symbols: Span<UInt16>, in range: Range<Int>, _ body: (Range<Int>) -> Void) {
        switch kind {
        case .lines: forEachLine(symbols, range) { if !$0.isEmpty { body($0) } }
        case .paragraphs:
            var paragraph: Range<Int>?
            forEachLine(symbols, range) { line in
                if line.isEmpty {
                    if let paragraph { body(paragraph) }
                    paragraph = nil
                } else {
                    paragraph = (paragraph?.lowerBound ?? line.lowerBound)..<line.upperBound
                }
            }
            if let paragraph { body(paragraph) }
        case .documents(let separator):
            var matcher = SeparatorMatcher(separator)
            var start = range.lowerBound
            for index in range where matcher.take(symbols[index]) {
                let end = index + 1 - separator.count
                if start < end { body(start..<end) }
                start = index + 1
            }
            if start < range.upperBound { body(start..<range.upperBound) }
        }
    }

    private func forEachLine(_ symbols: Span<UInt16>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        var afterReturn = false
        for index in range {
            let symbol = Int(symbols[index])
            let end = symbol < ends.count ? ends[symbol] : 0
            if end == 0 {
                afterReturn = false
            } else if end == 3 && afterReturn {
                start = index + 1
                afterReturn = false
            } else {
                body(start..<index)
                start = index + 1
                afterReturn = end == 2
            }
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }
}
