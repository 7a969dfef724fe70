internal import CRunicText
internal import Foundation

/// Guesses the encoding of a text from its letters: every candidate decodes a part of the text, and the one that gives the most
/// usual letters is taken (``WritingProfile``).
enum EncodingCandidates {
    /// Encodings that contain ASCII. Of two that read a text alike, the first is taken.
    private static let names = [
        "ISO-8859-1", "windows-1252", "ISO-8859-15", "windows-1250", "ISO-8859-2", "windows-1251", "KOI8-R", "KOI8-U",
        "IBM866", "x-mac-cyrillic", "ISO-8859-5", "windows-1253", "ISO-8859-7", "windows-1254", "windows-1255",
        "windows-1256", "ISO-8859-6", "windows-1257", "windows-874", "macintosh", "IBM437", "IBM850", "IBM852",
        "Shift_JIS", "EUC-JP", "GB18030", "Big5", "EUC-KR",
    ]
    /// Bytes of the text that are decoded.
    private static let sampleLength = 1 << 14
    /// The cost of bytes that a candidate cannot decode, each.
    private static let badCost = 14.0
    /// The cost of ASCII: letters that a wrong encoding makes of the second halves of characters must cost something.
    private static let plainCost = 2.5
    /// Nats per code point that no language has.
    private static let implausible = 8.3
    /// Nats between two candidates that make the better one likely.
    private static let margin = 6.0

    private struct Reading {
        let name: String
        let text: String
        let cost: Double
        let average: Double
    }

    /// The candidates, best first.
    static func guesses(_ bytes: [UInt8], isStart: Bool) -> [EncodingGuess] {
        let sample = sample(bytes)
        var readings = names.compactMap { reading(sample, as: $0) }
        if isStart, bytes.count % 2 == 0 || bytes.count >= sampleLength {
            let even = Array(bytes.prefix(sample.count / 2 * 2))
            if even.count == sample.count {
                readings += ["UTF-16LE", "UTF-16BE"].compactMap { reading(even, as: $0) }
            }
        }
        let ranked = readings.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
            .map(\.element)
        return ranked.prefix(3).map { guess in
            let second = ranked.first { $0.text != guess.text && $0.cost >= guess.cost }
            let lead = second.map { $0.cost - guess.cost } ?? margin * 4
            var confidence = min(99, Int(100 * (1 - exp(-lead / margin))))
            if guess.average > implausible { confidence = min(confidence, 50) }
            return EncodingGuess(
                name: guess.name, confidence: confidence, isPlausible: guess.average < implausible + 2.5,
                second: second?.name)
        }
    }

    /// UTF-16 or UTF-32 without a mark, by its NULs; nil if they are not in every other place.
    static func wide(_ bytes: [UInt8]) -> EncodingGuess? {
        let part = bytes.prefix(sampleLength)
        guard part.count >= 4, part.count % 2 == 0 || part.count < bytes.count else { return nil }
        var zeros = [0, 0, 0, 0]
        for (index, byte) in part.enumerated() where byte == 0 { zeros[index & 3] += 1 }
        let quarter = part.count / 4
        let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
        let name: String
        if zeros[1] + zeros[2] + zeros[3] >= 3 * quarter - quarter / 8, zeros[0] < quarter / 8 {
            name = "UTF-32LE"
        } else if zeros[0] + zeros[1] + zeros[2] >= 3 * quarter - quarter / 8, zeros[3] < quarter / 8 {
            name = "UTF-32BE"
        } else if odd * 5 >= part.count, even * 20 < odd {
            name = "UTF-16LE"
        } else if even * 5 >= part.count, odd * 20 < even {
            name = "UTF-16BE"
        } else {
            return nil
        }
        guard let decoded = decode(Array(part.prefix(part.count / 4 * 4)), as: name), decoded.repaired == 0 else {
            return nil
        }
        return EncodingGuess(name: name, confidence: 95)
    }

    /// An encoding that shifts by escape sequences, as ICU finds it.
    static func escaped(_ bytes: [UInt8]) -> EncodingGuess? {
        let part = Array(bytes.prefix(sampleLength))
        guard part.allSatisfy({ $0 < 0x80 }) else { return nil }
        var guesses = [runic_guess](repeating: runic_guess(), count: 1)
        guard unsafe runic_encoding_guess(part, part.count, &guesses, 1) == 1 else { return nil }
        let name = unsafe withUnsafeBytes(of: guesses[0].name) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard name.hasPrefix("ISO-2022") else { return nil }
        return EncodingGuess(name: name, confidence: Int(guesses[0].confidence))
    }

    /// The lines that have more than ASCII in them, from their first such byte on; a little of what precedes it.
    private static func sample(_ bytes: [UInt8]) -> [UInt8] {
        var sample: [UInt8] = []
        var start = 0
        while start < bytes.count, sample.count < sampleLength {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, end - start < sampleLength { end += 1 }
            if let first = bytes[start..<end].firstIndex(where: { $0 >= 0x80 }) {
                sample += bytes[max(start, first - 32)..<min(end + 1, bytes.count)]
            }
            // A line may be cut within a character only where it is longer than the sample.
            start = end < bytes.count && bytes[end] != 0x0A ? end : end + 1
        }
        return Array(sample.prefix(sampleLength))
    }

    private static func decode(_ bytes: [UInt8], as name: String) -> (text: [UInt8], repaired: Int)? {
        guard var stage = try? ConvertingDecodeStage(encoding: name, errors: .replace, mark: .keep, path: "") else {
            return nil
        }
        return decode(bytes, &stage)
    }

    private static func decode(
        _ bytes: [UInt8], _ stage: inout ConvertingDecodeStage
    ) -> (text: [UInt8], repaired: Int)? {
        var output = StageOutput()
        guard (try? stage.process(bytes.span, into: &output)) != nil, (try? stage.finish(into: &output)) != nil
        else { return nil }
        return (output.bytes, stage.repairedBytes)
    }

    private static func reading(_ sample: [UInt8], as name: String) -> Reading? {
        guard let decoded = decode(sample, as: name) else { return nil }
        let text = String(decoding: decoded.text, as: UTF8.self)
        var counts: [UInt32: Int] = [:]
        var plain = 0
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 { plain += 1 } else { counts[scalar.value, default: 0] += 1 }
        }
        // In one order: encodings that read a text alike must cost the same to the last bit.
        let ordered = counts.sorted { $0.key < $1.key }
        let letters =
            WritingProfile.all.map { profile in
                ordered.reduce(0) { $0 + Double($1.value) * profile.cost(of: $1.key) }
            }.min() ?? 0
        let other = counts.values.reduce(0, +)
        let cost = letters + WritingProfile.contextCost(text.unicodeScalars) + badCost * Double(decoded.repaired)
        return Reading(
            name: name, text: text, cost: cost + plainCost * Double(plain), average: cost / Double(max(other, 1)))
    }
}
