internal import CRunicText
package import RunicText

/// Examines original bytes: trouble, line ends, byte order marks, code points, normalisation, mojibake.
///
/// The findings do not depend on how the bytes are cut into chunks.
package struct TextExaminer {
    package static let limit = 100
    private static let shownMojibake = 10
    /// Bytes that are examined again with the next chunk: more than the longest pattern.
    private static let lookahead = 16
    /// Bytes that the normaliser may hold back, generously.
    private static let heldBytes = 1 << 16

    private var trouble: [TextTrouble] = []
    private var troubleCounts = TroubleCounts()
    /// Of the NULs, those at even and at odd offsets.
    private var nulParity = [0, 0]
    private var byteOrderMarks = 0
    /// Byte order marks that decoding has left out of the examined text.
    private var droppedMarks = 0
    private var tally = [UInt64](repeating: 0, count: 0x110000)
    private var mojibake = MojibakeReport()
    /// Each sequence of mojibake, what it stands for, and how often it occurs; the first 256 different ones.
    private var mojibakeForms: [String: (meant: String, count: Int)] = [:]
    private static let mostForms = 256
    /// Where the examined text lies in the file; nil where it is the file.
    package var offsets: FileOffsets?
    /// Places of trouble, of mojibake and of text that is not NFC, along all text.
    private var places = PlaceCounts()
    private var normalization = NormalizationExaminer()
    private var lineEndKinds: [UInt64] = [0, 0, 0]
    private var afterReturn: Int32 = 0
    private var pending: [UInt8] = []
    private var offset = 0
    /// Bytes of the files before this one.
    private var before = 0
    private var openEmbeddings: [Int] = []
    private var openIsolates: [Int] = []

    /// The findings, once the files have ended.
    package func findings() throws(TextError) -> TextFindings {
        var counts: [(value: UInt32, count: Int)] = []
        var value = 0
        while value < tally.count {
            if tally[value] > 0 { counts.append((UInt32(value), Int(tally[value]))) }
            value += 1
        }
        return TextFindings(
            trouble: trouble, troubleCounts: troubleCounts, nulParity: nulParity,
            byteOrderMarks: byteOrderMarks + droppedMarks,
            lineEnds: LineEnds(
                lf: Int(lineEndKinds[0]), crlf: Int(lineEndKinds[1]), cr: Int(lineEndKinds[2]),
                unicode: Int(tally[0x85] + tally[0x2028] + tally[0x2029])),
            codePointCounts: counts, normalization: try normalization.finished(counts), mojibake: mojibake,
            mojibakeForms: mojibakeForms.map { ($0.key, $0.value.meant, $0.value.count) }
                .sorted { ($1.2, $0.0) < ($0.2, $1.0) },
            invisible: InvisibleCharacter.all(in: counts, byteOrderMarks: byteOrderMarks), places: places)
    }

    /// Examines the next bytes of the file at `path`.
    package mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError) {
        try examine(original, isFinal: false, path: path)
    }

    /// Notes bytes of the file at `path` that its encoding does not have, and that are not in the examined text.
    ///
    /// - Parameter offset: in the file.
    package mutating func noteInvalid(_ bytes: [UInt8], at offset: Int, encoding: String, path: String) {
        let shown = bytes.prefix(4).map { "0x" + hexadecimal([$0]).uppercased() }.joined(separator: " ")
        report(path, offset, \.invalid, .invalidBytes(shown, encoding: encoding))
    }

    /// Notes a byte order mark that is not in the examined text.
    package mutating func noteByteOrderMark() { droppedMarks += 1 }

    /// Ends the file at `path`.
    ///
    /// - Parameter fileSize: bytes of the file; nil where the examined text is the file.
    package mutating func finish(path: String, fileSize: Int? = nil) throws(TextError) {
        try examine(Span(), isFinal: true, path: path)
        for offset in (openEmbeddings + openIsolates).sorted() {
            report(path, offset, \.bidi, .unclosed)
        }
        openEmbeddings = []
        openIsolates = []
        lineEndKinds[2] += afterReturn != 0 ? 1 : 0
        afterReturn = 0
        try cutNormalization(path)
        before += fileSize ?? offset
        offset = 0
    }

    /// The offset in the file of a byte of the examined text.
    private func located(_ offset: Int) -> Int { offsets?.offset(of: offset) ?? offset }

    private mutating func examine(_ original: Span<UInt8>, isFinal: Bool, path: String) throws(TextError) {
        var bytes: [UInt8] = []
        swap(&bytes, &pending)
        bytes.append(original)
        let limit = isFinal ? bytes.count : bytes.count - Self.lookahead
        var index = 0
        while index < limit {
            let found = unsafe bytes.withUnsafeBufferPointer {
                unsafe runic_utf8_check($0.baseAddress.map { unsafe $0 + index }, $0.count - index)
            }
            let valid = index + Int(found.valid)
            var end = valid
            if end > limit {
                end = limit
                while end > index && bytes[end] & 0xC0 == 0x80 { end -= 1 }
                if end == index { break }
            }
            if offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) { byteOrderMarks += 1 }
            try examineValid(bytes.span, index..<end, valid: valid, path: path)
            offset += end - index
            index = end
            let bad = Int(found.bad)
            if end < valid || bad == 0 { break }
            if found.truncated != 0 && !isFinal { break }
            let shown = bytes[index..<index + Int(found.shown)].map { "0x" + hexadecimal([$0]).uppercased() }
            report(
                path, located(offset), \.invalid, .invalidBytes(shown.joined(separator: " "), encoding: "UTF-8"))
            try cutNormalization(path)
            index += bad
            offset += bad
        }
        if index > 0 { bytes.removeSubrange(0..<index) }
        pending = bytes
    }

    /// Examines `range`, whole code points; the text is valid up to `valid`.
    private mutating func examineValid(
        _ bytes: Span<UInt8>, _ range: Range<Int>, valid: Int, path: String
    ) throws(TextError) {
        guard !range.isEmpty else { return }
        let part = bytes.extracting(range)
        unsafe part.withUnsafeBufferPointer { part in
            unsafe runic_utf8_tally(part.baseAddress, part.count, &tally)
            unsafe runic_newlines_count(part.baseAddress, part.count, &lineEndKinds, &afterReturn)
        }
        var index = 0
        while true {
            index = unsafe part.withUnsafeBufferPointer {
                unsafe Int(runic_utf8_next_control($0.baseAddress, $0.count, index))
            }
            guard index < part.count else { break }
            let (second, third) = (min(index + 1, part.count - 1), min(index + 2, part.count - 1))
            control((part[index], part[second], part[third]), at: located(offset + index), path: path)
            index += 1
        }
        findMojibake(bytes.extracting(range.lowerBound..<valid), limit: range.count, path: path)
        try normalization.feed(
            part, at: offset, base: before, path: path, offsets: offsets, places: &places)
        // What is still held back begins within the last bytes.
        offsets?.forget(before: max(0, offset - Self.heldBytes))
    }

    private mutating func findMojibake(_ bytes: Span<UInt8>, limit: Int, path: String) {
        var index = 0
        while index < limit {
            let found = unsafe bytes.withUnsafeBufferPointer {
                unsafe runic_mojibake_next($0.baseAddress, $0.count, index, limit)
            }
            guard found.length > 0 else { break }
            mojibake.count += 1
            let place = located(offset + found.at)
            places.add(at: before + place)
            let written = String(
                decoding: (found.at..<found.at + found.length).map { bytes[$0] }, as: UTF8.self)
            let meant = Unicode.Scalar(found.value).map { String($0) } ?? ""
            if mojibake.first.count < Self.shownMojibake {
                mojibake.first.append(
                    MojibakeReport.Place(path: path, offset: place, found: written, meant: meant))
            }
            if mojibakeForms[written] != nil || mojibakeForms.count < Self.mostForms {
                mojibakeForms[written, default: (meant, 0)].count += 1
            }
            index = found.at + found.length
        }
    }

    private mutating func cutNormalization(_ path: String) throws(TextError) {
        try normalization.cut(base: before, path: path, offsets: offsets, places: &places)
    }

    private mutating func control(_ bytes: (UInt8, UInt8, UInt8), at offset: Int, path: String) {
        switch (bytes.0, bytes.2) {
        case (0, _):
            nulParity[offset & 1] += 1
            report(path, offset, \.nul, .nul)
        case (0xC2, _):
            report(
                path, offset, bytes.1 == 0x85 ? \.nextLine : \.controls,
                .control("U+00" + hexadecimal([bytes.1]).uppercased()))
        case (0xE2, 0xAC):
            if openEmbeddings.popLast() == nil { report(path, offset, \.bidi, .unopened) }
        case (0xE2, 0xA9):
            if openIsolates.popLast() == nil { report(path, offset, \.bidi, .unopened) }
        case (0xE2, 0xA6), (0xE2, 0xA7), (0xE2, 0xA8): openIsolates.append(offset)
        case (0xE2, _): openEmbeddings.append(offset)
        default: report(path, offset, \.controls, .control("U+00" + hexadecimal([bytes.0]).uppercased()))
        }
    }

    private mutating func report(
        _ path: String, _ offset: Int, _ group: WritableKeyPath<TroubleCounts, Int>,
        _ kind: @autoclosure () -> TextTrouble.Kind
    ) {
        troubleCounts[keyPath: group] += 1
        places.add(at: before + offset)
        if trouble.count < Self.limit { trouble.append(TextTrouble(path: path, offset: offset, kind: kind())) }
    }
}
