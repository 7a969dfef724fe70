internal import CRunicICU

/// Looks at original bytes: trouble, line ends, byte order marks, code points, normalisation.
struct TextExaminer {
    static let limit = 100

    private(set) var trouble: [TextTrouble] = []
    private(set) var troubleCount = 0
    private(set) var byteOrderMarks = 0
    private(set) var isNFC = true
    private(set) var tally = [UInt64](repeating: 0, count: 0x110000)
    private var lineEndKinds: [UInt64] = [0, 0, 0]
    private var afterReturn: Int32 = 0
    private var carry: [UInt8] = []
    private var offset = 0
    private var openEmbeddings: [Int] = []
    private var openIsolates: [Int] = []
    private var normalizer: Normalizer?
    private var normalized = StageOutput()

    /// The line ends of all text so far.
    var lineEnds: LineEnds {
        LineEnds(lf: Int(lineEndKinds[0]), crlf: Int(lineEndKinds[1]), cr: Int(lineEndKinds[2]))
    }

    /// Looks at the next bytes of the file at `path`.
    mutating func examine(_ original: Span<UInt8>, path: String) throws(TextError) {
        var bytes = carry
        bytes.append(original)
        carry = []
        try examine(bytes, isFinal: false, path: path)
    }

    /// Ends the file at `path`.
    mutating func finish(path: String) throws(TextError) {
        let rest = carry
        carry = []
        try examine(rest, isFinal: true, path: path)
        for offset in (openEmbeddings + openIsolates).sorted() {
            report(path, offset, "bidirectional control that is never closed")
        }
        openEmbeddings = []
        openIsolates = []
        lineEndKinds[2] += afterReturn != 0 ? 1 : 0
        afterReturn = 0
        if let normalizer {
            try normalizer.feed(Span(), isFinal: true, into: &normalized)
            if normalizer.changes > 0 { isNFC = false }
        }
        normalized.clear()
        offset = 0
    }

    private mutating func examine(_ bytes: [UInt8], isFinal: Bool, path: String) throws(TextError) {
        var index = 0
        while index < bytes.count {
            if offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) { byteOrderMarks += 1 }
            let found = unsafe bytes.withUnsafeBufferPointer {
                unsafe runic_utf8_check($0.baseAddress.map { unsafe $0 + index }, $0.count - index)
            }
            let valid = Int(found.valid)
            try examineValid(Array(bytes[index..<index + valid]), path: path)
            index += valid
            offset += valid
            let bad = Int(found.bad)
            if bad == 0 { return }
            if found.truncated != 0 && !isFinal {
                carry = Array(bytes[index...])
                return
            }
            let shown = bytes[index..<index + Int(found.shown)].map { "0x" + hexadecimal([$0]).uppercased() }
            report(path, offset, "not UTF-8 (\(shown.joined(separator: " ")))")
            try feedNormalizer([0xEF, 0xBF, 0xBD], path: path)
            index += bad
            offset += bad
        }
    }

    private mutating func examineValid(_ bytes: [UInt8], path: String) throws(TextError) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe runic_utf8_tally(bytes.baseAddress, bytes.count, &tally)
            unsafe runic_newlines_count(bytes.baseAddress, bytes.count, &lineEndKinds, &afterReturn)
        }
        var index = 0
        while true {
            index = unsafe bytes.withUnsafeBufferPointer {
                unsafe Int(runic_utf8_next_control($0.baseAddress, $0.count, index))
            }
            guard index < bytes.count else { break }
            control(Array(bytes[index..<min(index + 3, bytes.count)]), at: offset + index, path: path)
            index += 1
        }
        try feedNormalizer(bytes, path: path)
    }

    private mutating func feedNormalizer(_ bytes: [UInt8], path: String) throws(TextError) {
        if normalizer == nil { normalizer = try Normalizer(form: .nfc, path: path) }
        normalized.clear()
        try normalizer?.feed(bytes.span, isFinal: false, into: &normalized)
    }

    private mutating func control(_ bytes: [UInt8], at offset: Int, path: String) {
        let third = bytes.count > 2 ? bytes[2] : 0
        switch (bytes[0], third) {
        case (0, _): report(path, offset, "NUL")
        case (0xC2, _): report(path, offset, "control character U+00" + hexadecimal([bytes[1]]).uppercased())
        case (0xE2, 0xAC):
            if openEmbeddings.popLast() == nil { report(path, offset, "bidirectional control that closes nothing") }
        case (0xE2, 0xA9):
            if openIsolates.popLast() == nil { report(path, offset, "bidirectional control that closes nothing") }
        case (0xE2, 0xA6), (0xE2, 0xA7), (0xE2, 0xA8): openIsolates.append(offset)
        case (0xE2, _): openEmbeddings.append(offset)
        default: report(path, offset, "control character U+00" + hexadecimal([bytes[0]]).uppercased())
        }
    }

    private mutating func report(_ path: String, _ offset: Int, _ what: String) {
        troubleCount += 1
        if trouble.count < Self.limit { trouble.append(TextTrouble(path: path, offset: offset, what: what)) }
    }
}
