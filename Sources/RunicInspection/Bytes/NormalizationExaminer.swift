internal import RunicDisplay
package import RunicText

/// Finds text that is not in NFC.
///
/// Memory holds the range that is still open, and counts of at most 1,024 short ranges.
package struct NormalizationExaminer {
    private static let shownPlaces = 10
    private static let longestShown = 32
    private static let mostForms = 1024

    private(set) var report = NormalizationReport()
    private var normalizer: Normalizer?
    private var output = StageOutput(recordsEdits: true)
    /// Bytes that the normaliser has taken and not accounted for.
    private var held: [UInt8] = []
    /// Where `held` begins in the file.
    private var offset = 0
    /// How often short ranges were changed, by their packed bytes.
    private var forms: [UInt64: Int] = [:]

    /// Takes the next bytes of valid text, which begin at `start` of the file.
    ///
    /// - Parameters:
    ///   - base: where the file begins in all text.
    ///   - offsets: where the text lies in the file; nil where it is the file.
    ///   - places: counts every range that is not in NFC.
    package mutating func feed(
        _ bytes: Span<UInt8>, at start: Int, base: Int, path: String, offsets: FileOffsets? = nil,
        places: inout PlaceCounts
    ) throws(TextError) {
        if normalizer == nil { normalizer = try Normalizer(form: .nfc, path: path) }
        if held.isEmpty { offset = start }
        try go(bytes, isFinal: false, base, path, offsets, &places)
    }

    /// Ends a run of text: at the end of a file, or at an invalid byte.
    package mutating func cut(
        base: Int, path: String, offsets: FileOffsets? = nil, places: inout PlaceCounts
    ) throws(TextError) {
        guard normalizer != nil else { return }
        try go(Span(), isFinal: true, base, path, offsets, &places)
        held.removeAll(keepingCapacity: true)
        output.restart()
    }

    private mutating func go(
        _ bytes: Span<UInt8>, isFinal: Bool, _ base: Int, _ path: String, _ offsets: FileOffsets?,
        _ places: inout PlaceCounts
    ) throws(TextError) {
        output.clear()
        let before = output.accounted
        try normalizer?.feed(bytes, isFinal: isFinal, into: &output)
        var (taken, given) = (0, 0)
        for edit in output.edits.edits {
            if !edit.isKept {
                let place = offsets?.offset(of: offset + taken) ?? offset + taken
                places.add(at: base + place)
                note(input(taken..<taken + edit.input, bytes), at: place, given..<given + edit.output, path)
            }
            taken += edit.input
            given += edit.output
        }
        let settled = output.accounted - before
        offset += settled
        if settled >= held.count {
            let from = settled - held.count
            held.removeAll(keepingCapacity: true)
            if from < bytes.count { held.append(bytes.extracting(from..<bytes.count)) }
        } else {
            held.removeSubrange(0..<settled)
            held.append(bytes)
        }
    }

    /// A range of the held bytes and those after them; empty where it is long.
    private func input(_ range: Range<Int>, _ bytes: Span<UInt8>) -> [UInt8] {
        guard range.count <= Self.longestShown else { return [] }
        return range.map { $0 < held.count ? held[$0] : bytes[$0 - held.count] }
    }

    private mutating func note(_ input: [UInt8], at offset: Int, _ range: Range<Int>, _ path: String) {
        report.notNFC += 1
        if report.first.count < Self.shownPlaces {
            let result = range.count <= Self.longestShown ? Array(output.bytes[range]) : []
            report.first.append(
                NormalizationReport.Place(
                    path: path, offset: offset, found: Self.notation(input), composed: Self.notation(result)))
        }
        guard !input.isEmpty, input.count < 8 else { return }
        let key = input.reduce(UInt64(input.count)) { $0 << 8 | UInt64($1) }
        if let count = forms[key] {
            forms[key] = count + 1
        } else if forms.count < Self.mostForms {
            forms[key] = 1
        }
    }

    /// The report, completed with the frequencies of all code points.
    package func finished(_ counts: [(value: UInt32, count: Int)]) throws(TextError) -> NormalizationReport {
        var report = report
        guard let apart = try Normalizer(form: .nfd, path: ""), let together = try Normalizer(form: .nfc, path: "")
        else { return report }
        var parted: Set<UInt32> = []
        var tally: [UInt32: Int] = [:]
        for (value, count) in counts where value >= 0x80 {
            tally[value] = count
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            guard try Self.normalize(bytes, apart) != bytes else { continue }
            parted.insert(scalar.value)
            report.notNFD += count
        }
        var decomposed: [UInt32: Int] = [:]
        var others: [UInt32: [String: Int]] = [:]
        for (key, count) in forms {
            let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: key >> (8 * UInt64($0))) }
                .drop { $0 == 0 }.dropFirst()
            let input = Array(bytes)
            let scalars = String(decoding: input, as: UTF8.self).unicodeScalars
            if !scalars.contains(where: { parted.contains($0.value) }), try Self.normalize(input, apart) != input {
                report.notNFD += count
            }
            let result = String(decoding: try Self.normalize(input, together), as: UTF8.self).unicodeScalars
            if let letter = result.first, result.count == 1, tally[letter.value] != nil {
                decomposed[letter.value, default: 0] += count
                others[letter.value, default: [:]][String(String.UnicodeScalarView(scalars)), default: 0] += count
            }
        }
        report.twoForms = decomposed.compactMap { value, count in
            Unicode.Scalar(value).map {
                NormalizationReport.TwoForms(
                    letter: String($0), name: UnicodeInformation.name(of: value), composed: tally[value] ?? 0,
                    decomposed: count, other: Self.mostFrequent(others[value] ?? [:]))
            }
        }.sorted { ($1.composed + $1.decomposed, $0.letter) < ($0.composed + $0.decomposed, $1.letter) }
        if report.twoForms.count > 100 { report.twoForms.removeSubrange(100...) }
        return report
    }

    /// The code points of the form that occurs most often.
    private static func mostFrequent(_ forms: [String: Int]) -> [String] {
        let ranked = forms.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }
        return ranked.first.map { $0.key.unicodeScalars.map(\.notation) } ?? []
    }

    private static func normalize(_ bytes: [UInt8], _ normalizer: Normalizer) throws(TextError) -> [UInt8] {
        var output = StageOutput()
        try normalizer.feed(bytes.span, isFinal: true, into: &output)
        return output.bytes
    }

    private static func notation(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.notation)
    }
}
