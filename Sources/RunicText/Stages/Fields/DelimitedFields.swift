/// The stage `fields` on a table whose values a byte separates.
struct DelimitedFields: TextStage {
    /// What happens to a record that has more or fewer fields than the first one.
    enum RowRule: String, CaseIterable {
        /// It is an error.
        case strict
        /// It is left out.
        case skip
        /// Missing values are empty, further ones are left out.
        case pad
    }

    private enum Place: Hashable {
        case fieldStart, unquoted, quoted
        /// After a quote that ends the field, or is the first of two.
        case quote
    }

    private let columns: [String]
    private let hasHeader: Bool
    private let hasQuotes: Bool
    private let delimiter: UInt8
    private let join: [UInt8]
    private let end: [UInt8]
    private let path: String
    private let longest: Int
    /// nil, as in pipelines of version 0.1.0: a missing value is an error, further ones are left out.
    private let rows: RowRule?

    private var writer = OutputWriter()
    private var place = Place.fieldStart
    private var afterReturn = false
    /// The open record, as far as it came in earlier chunks.
    private var held: [UInt8] = []
    /// The start of the record.
    private var offset = 0
    private var records = 0
    /// The indices of the columns, once they are known.
    private var chosen: [Int] = []
    /// The number of fields of the first record.
    private var width = 0
    private var shortRecords = 0
    private var longRecords = 0
    private var allRecords = 0
    private var header: String?
    /// What to know about names that the header has several times.
    private var repeatedNames: [String] = []

    init(
        columns: [String], hasHeader: Bool, hasQuotes: Bool, delimiter: UInt8? = nil, rows: RowRule? = nil,
        join: [UInt8], end: [UInt8], path: String, longest: Int = 1 << 24
    ) {
        self.columns = columns
        self.hasHeader = hasHeader
        self.hasQuotes = hasQuotes
        self.join = join
        self.end = end
        self.path = path
        self.longest = longest
        self.rows = rows
        self.delimiter = delimiter ?? UInt8(ascii: hasQuotes ? "," : "\t")
    }

    var remarks: [String] {
        var remarks: [String] = []
        if let header {
            remarks.append("the first record is taken for the header (\(header)); header=false makes it text")
        }
        remarks += repeatedNames
        let odd = [(shortRecords, "fewer"), (longRecords, "more")].filter { $0.0 > 0 }
        if !odd.isEmpty {
            let counts = odd.map { "\($0.0) with \($0.1)" }.joined(separator: ", ") + " than \(width) fields"
            let fate =
                switch rows {
                case .skip: "left out"
                case .pad: "missing values are empty, further ones left out"
                case .strict, nil: "further ones left out"
                }
            remarks.append("of \(allRecords) records, \(counts): \(fate)")
        }
        return remarks
    }

    mutating func process(_ input: Span<UInt8>, into output: inout StageOutput) throws(TextError) {
        var start = 0
        for index in 0..<input.count {
            let byte = input[index]
            if afterReturn {
                afterReturn = false
                if byte == 0x0A {
                    writer.skip(1)
                    offset += 1
                    start = index + 1
                    continue
                }
            }
            guard try isEnd(byte, at: held.count + index - start) else { continue }
            afterReturn = byte == 0x0D
            if held.isEmpty {
                try take(input.extracting(start..<index), lineEnd: 1, into: &output)
            } else {
                var record = held
                record.append(input.extracting(start..<index))
                held.removeAll(keepingCapacity: true)
                try take(record.span, lineEnd: 1, into: &output)
            }
            start = index + 1
        }
        held.append(input.extracting(start..<input.count))
        if held.count > longest {
            throw failure(
                "it is longer than \(longest) bytes" + (place == .quoted ? "; a quote may not be closed" : ""))
        }
    }

    mutating func finish(into output: inout StageOutput) throws(TextError) {
        if place == .quoted { throw failure("a quote is not closed") }
        let record = held
        held = []
        try take(record.span, lineEnd: 0, into: &output)
        writer.flush(into: &output)
        afterReturn = false
        offset = 0
        records = 0
        chosen = []
    }

    /// Whether the record ends before `byte`.
    private mutating func isEnd(_ byte: UInt8, at position: Int) throws(TextError) -> Bool {
        let isQuote = hasQuotes && byte == UInt8(ascii: "\"")
        if place == .quoted {
            if isQuote { place = .quote }
            return false
        }
        if byte == 0x0A || byte == 0x0D { return true }
        if byte == delimiter {
            place = .fieldStart
        } else if place == .quote {
            guard isQuote else { throw failure("something follows a closing quote at byte \(offset + position)") }
            place = .quoted
        } else {
            place = isQuote && place == .fieldStart ? .quoted : .unquoted
        }
        return false
    }

    private func failure(_ reason: String) -> TextError {
        .stageFailed(
            name: FieldsStage.name, path: path,
            reason: "record \(records + 1), which begins at byte \(offset): \(reason)")
    }

    /// Takes a complete record, followed by a line end of some bytes.
    private mutating func take(_ record: Span<UInt8>, lineEnd: Int, into output: inout StageOutput) throws(TextError) {
        place = .fieldStart
        defer { offset += record.count + lineEnd }
        if record.isEmpty {
            writer.skip(lineEnd)
            return
        }
        if record.count > longest { throw failure("it is longer than \(longest) bytes") }
        let fields = split(record)
        if chosen.isEmpty {
            let names = hasHeader ? fields.map { content(record, $0) } : []
            try choose(names, count: fields.count)
            width = fields.count
            if hasHeader {
                if rows != nil, columns.allSatisfy({ Int($0) != nil }), chosen == columns.map({ (Int($0) ?? 0) - 1 }) {
                    header = Self.shown(names)
                }
                writer.skip(record.count + lineEnd)
                records += 1
                return
            }
        }
        allRecords += 1
        guard let fields = try fitted(fields, recordEnd: record.count) else {
            writer.skip(record.count + lineEnd)
            records += 1
            return
        }
        records += 1
        if zip(chosen, chosen.dropFirst()).allSatisfy({ $0 < $1 }) {
            inOrder(record, fields, lineEnd, into: &output)
        } else {
            let values = chosen.map { content(record, fields[$0]) }
            writer.replace(record.count + lineEnd, with: Array(values.joined(separator: join)) + end, into: &output)
        }
    }

    /// The fields of a record by the rule for those that have more or fewer than the first one; nil: it is left out.
    private mutating func fitted(_ fields: [Range<Int>], recordEnd: Int) throws(TextError) -> [Range<Int>]? {
        if fields.count != width, rows == .strict {
            throw failure(
                "it has \(Self.counted(fields.count)), and the first record \(width); rows=skip leaves such records out, "
                    + "rows=pad takes missing values as empty and leaves further ones out")
        }
        if fields.count < width { shortRecords += 1 }
        if fields.count > width { longRecords += 1 }
        if fields.count != width, rows == .skip { return nil }
        guard let missing = chosen.first(where: { $0 >= fields.count }) else { return fields }
        guard rows == .pad else {
            throw failure("it has \(fields.count) columns, and column \(missing + 1) is asked for")
        }
        return fields + Array(repeating: recordEnd..<recordEnd, count: max(0, width - fields.count))
    }

    private static func counted(_ fields: Int) -> String { fields == 1 ? "1 field" : "\(fields) fields" }

    private static func shown(_ names: [[UInt8]]) -> String {
        names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    }

    /// Passes the values on in place, so that each byte of them is traced.
    private mutating func inOrder(
        _ record: Span<UInt8>, _ fields: [Range<Int>], _ lineEnd: Int, into output: inout StageOutput
    ) {
        var reached = 0
        for (number, column) in chosen.enumerated() {
            let field = fields[column]
            writer.skip(field.lowerBound - reached)
            if number > 0 { writer.put(join, into: &output) }
            reached = field.lowerBound
            for quote in doubledQuotes(record, field) {
                writer.keep(record.extracting(reached..<quote), into: &output)
                writer.replace(2, with: [UInt8(ascii: "\"")], into: &output)
                reached = quote + 2
            }
            writer.keep(record.extracting(reached..<field.upperBound), into: &output)
            reached = field.upperBound
        }
        writer.skip(record.count - reached + lineEnd)
        writer.put(end, into: &output)
    }

    /// The value of a field.
    private func content(_ record: Span<UInt8>, _ field: Range<Int>) -> [UInt8] {
        var value: [UInt8] = []
        var reached = field.lowerBound
        for quote in doubledQuotes(record, field) {
            value.append(record.extracting(reached...quote))
            reached = quote + 2
        }
        value.append(record.extracting(reached..<field.upperBound))
        return value
    }

    /// The places where two quotes mean one.
    private func doubledQuotes(_ record: Span<UInt8>, _ field: Range<Int>) -> [Int] {
        guard hasQuotes, field.lowerBound > 0, record[field.lowerBound - 1] == UInt8(ascii: "\"") else { return [] }
        var quotes: [Int] = []
        var index = field.lowerBound
        while index < field.upperBound {
            if record[index] == UInt8(ascii: "\"") {
                quotes.append(index)
                index += 1
            }
            index += 1
        }
        return quotes
    }

    /// Finds the columns by the names in the header.
    private mutating func choose(_ names: [[UInt8]], count: Int) throws(TextError) {
        for column in columns {
            if let index = names.firstIndex(of: Array(column.utf8)) {
                chosen.append(index)
                noteRepeated(column, names)
            } else if let number = Int(column), number > 0 {
                guard number <= count || !hasHeader else {
                    throw failure("the header has \(count) columns, and column \(number) is asked for")
                }
                chosen.append(number - 1)
            } else {
                throw failure("the header has no column '\(column)'; it has \(Self.shown(names))")
            }
        }
    }

    /// Notes a name that several columns have: the first is taken.
    private mutating func noteRepeated(_ column: String, _ names: [[UInt8]]) {
        let numbers = names.indices.filter { names[$0] == Array(column.utf8) }.map { String($0 + 1) }
        guard numbers.count > 1 else { return }
        let remark =
            "columns \(numbers.joined(separator: ", ")) are all named '\(column)': the first is taken; a number names another"
        if !repeatedNames.contains(remark) { repeatedNames.append(remark) }
    }

    /// The ranges of the fields, without their quotes.
    private func split(_ record: Span<UInt8>) -> [Range<Int>] {
        var fields: [Range<Int>] = []
        var start = 0
        while true {
            var end = start
            if hasQuotes, start < record.count, record[start] == UInt8(ascii: "\"") {
                start += 1
                end = start
                while end < record.count {
                    if record[end] == UInt8(ascii: "\"") {
                        guard end + 1 < record.count, record[end + 1] == UInt8(ascii: "\"") else { break }
                        end += 1
                    }
                    end += 1
                }
                fields.append(start..<end)
                end += 1
            } else {
                while end < record.count, record[end] != delimiter { end += 1 }
                fields.append(start..<end)
            }
            guard end < record.count else { return fields }
            start = end + 1
        }
    }

    /// Whether a text begins as such a table does: the names are in its first line, or its lines have enough fields, equally many of
    /// them; nil if more bytes are needed.
    func begins(_ text: [UInt8], isFinal: Bool) -> Bool? {
        let lines = text.split(maxSplits: 20, omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
        let whole = isFinal || lines.count > 20 ? lines.prefix(20) : lines.dropLast()
        let counts = whole.map { split(Array($0).span).count }
        guard let first = whole.first, let count = counts.first else { return isFinal ? false : nil }
        if hasHeader {
            let line = Array(first)
            let names = split(line.span).map { content(line.span, $0) }
            if columns.allSatisfy({ names.contains(Array($0.utf8)) }) { return true }
        }
        guard let most = columns.map({ Int($0) ?? Int.max }).max(), count >= max(2, most) else { return false }
        if !isFinal && lines.count <= 20 { return nil }
        return counts.allSatisfy { $0 == count }
    }
}
