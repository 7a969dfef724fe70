internal import RunicDisplay
internal import RunicText

extension InspectionAdvice {
    /// What to do about the bytes of the files.
    func bytes(_ text: TextContents) -> [String] {
        guard !isRaw(text) else { return [] }
        return [undecodable(text), marked(text), lost(text), mojibake(text), controls(text), invisible(text)]
            .compactMap(\.self)
    }

    /// Whether a model of bytes reads the files as they are, and they are not UTF-8: they need not be text at all.
    func isRaw(_ text: TextContents) -> Bool { decode["encoding"] == "bytes" && text.troubleCounts.invalid > 0 }

    /// The options of the `decode` stage.
    private var decode: [String: String] { options.pipeline.stages.first { $0.name == "decode" }?.options ?? [:] }

    private func undecodable(_ text: TextContents) -> String? {
        guard text.repairedBytes > 0 else { return nil }
        let first = text.trouble.first(where: \.isInvalid)
        let place = first.map { ", the first at byte \($0.offset.grouped) of \($0.path)" } ?? ""
        let subject = "\(Self.counted(text.repairedBytes, "byte")) cannot be read as text\(place)"
        let repairs = ["replace", "skip"].contains(decode["errors"] ?? "")
        switch decode["encoding"] ?? "utf-8" {
        case "utf-8", "utf8":
            // A sequence of UTF-8 hardly occurs by chance: beside fewer bad bytes, they say that the file is damaged.
            if text.evidence.codePointsBeyondASCII >= 2 * max(text.troubleCounts.invalid, 1) {
                return repairs
                    ? nil
                    : "\(subject): training stops there. All else is UTF-8: mend the file, or use --repair, which puts "
                        + "U+FFFD in their place."
            }
            let auto =
                likely(text).map { "--stage decode:encoding=\($0.name), which it looks like" }
                ?? "--stage decode:encoding=auto, or name it, as in --stage decode:encoding=windows-1252"
            if text.troubleCounts.invalid <= 3 && text.evidence.codePointsBeyondASCII == 0 {
                return repairs
                    ? nil
                    : "\(subject): training stops there. If the file is in another encoding than UTF-8, use \(auto); if "
                        + "the file is damaged, use --repair, which puts U+FFFD in their place."
            }
            return "\(subject): the file is in another encoding than UTF-8. Use \(auto)."
                + (repairs ? " --repair destroys them." : "")
        case "auto":
            return repairs
                ? nil
                : "\(subject): the encoding was guessed wrong, see Encoding, or the file is damaged. Name the encoding, as in "
                    + "--stage decode:encoding=windows-1252, or use --repair, which puts U+FFFD in their place."
        case let name:
            return repairs
                ? nil
                : "\(subject): it is not \(name), or damaged. Name another encoding, or use --repair, which puts U+FFFD in "
                    + "their place."
        }
    }

    /// The encoding that the file with the first invalid byte shows.
    private func likely(_ text: TextContents) -> LikelyEncoding? {
        text.trouble.first(where: \.isInvalid).flatMap { LikelyEncoding(at: $0.offset, of: $0.path) }
    }

    /// Whether the files are in another encoding than UTF-8, as which they are read: their characters mean nothing then.
    private func isForeign(_ text: TextContents) -> Bool {
        ["utf-8", "utf8"].contains(decode["encoding"] ?? "utf-8") && text.troubleCounts.invalid > 3
            && text.evidence.codePointsBeyondASCII < 2 * text.troubleCounts.invalid
    }

    /// UTF-16 or UTF-32 without a byte order mark, read as UTF-8: every other byte is NUL, or three of four are.
    private func marked(_ text: TextContents) -> String? {
        let isWide = looksLikeUTF32(text)
        guard isWide || looksLikeUTF16(text), likely(text)?.isMarked != true else { return nil }
        let (width, order) = (isWide ? 32 : 16, text.evidence.nulParity[0] > text.evidence.nulParity[1] ? "be" : "le")
        return
            "\(text.troubleCounts.nul.grouped) of \(text.bytes.grouped) bytes are NUL: the text is UTF-\(width) without a "
            + "byte order mark. Use --stage decode:encoding=utf-\(width)\(order)."
    }

    private func looksLikeUTF32(_ text: TextContents) -> Bool {
        let (even, odd) = (text.evidence.nulParity[0], text.evidence.nulParity[1])
        let nul = text.afterStages.troubleCounts.nul
        // Both even and odd places are NUL, one kind twice as often.
        return nul > 2 && nul * 3 >= text.bytes * 2 && nul < text.bytes && max(even, odd) < 3 * min(even, odd)
            && ["utf-8", "utf8"].contains(decode["encoding"] ?? "utf-8")
    }

    private func looksLikeUTF16(_ text: TextContents) -> Bool {
        let (even, odd) = (text.evidence.nulParity[0], text.evidence.nulParity[1])
        let nul = text.afterStages.troubleCounts.nul
        return nul > 1 && nul * 5 >= text.bytes && max(even, odd) >= 9 * min(even, odd)
            && ["utf-8", "utf8"].contains(decode["encoding"] ?? "utf-8")
    }

    private func lost(_ text: TextContents) -> String? {
        guard text.replacementCharacters > 0, text.afterStages.replacementCharacters > 0 else { return nil }
        return
            "U+FFFD occurs \(Self.times(text.replacementCharacters)): an earlier program lost the original characters when "
            + "it wrote the file."
    }

    private func mojibake(_ text: TextContents) -> String? {
        let forms = text.evidence.mojibakeForms
        guard text.afterStages.mojibake > 0, let first = text.mojibake.first.first, !forms.isEmpty else { return nil }
        let finding =
            "Looks like UTF-8 that was read as windows-1252 and written again, at "
            + "\(Self.counted(text.afterStages.mojibake, "place")), such as \(first.found) for \(first.meant) at byte "
            + "\(first.offset.grouped) of \(first.path). If so, "
        if text.evidence.isWhollyMojibake {
            let others = Set(text.mojibake.first.map(\.path)).count > 1 ? ", and the other files likewise" : ""
            return finding
                + "turn the file back: iconv -f UTF-8 -t WINDOWS-1252 \(first.path.shellQuoted) > FILE\(others)."
        }
        let shown = forms.prefix(5).map { "--stage \("replace:pattern=\($0.found),with=\($0.meant)".shellQuoted)" }
        let rest = forms.count - shown.count
        return finding + "use \(shown.joined(separator: " "))"
            + (rest > 0 ? ", and the same for \(rest.grouped) more sequences." : ".")
    }

    private func controls(_ text: TextContents) -> String? {
        guard !looksLikeUTF16(text), !looksLikeUTF32(text), !isForeign(text) else { return nil }
        let counts = text.afterStages.troubleCounts
        let number = counts.nul + counts.controls + counts.bidi
        guard number > 0 else { return nil }
        let nul = counts.nul > 0 ? ", \(counts.nul.grouped) of them NUL" : ""
        return "\(Self.counted(number, "control character")) in the text\(nul): see trouble. --stage strip drops "
            + (number == 1 ? "it." : "them.")
    }

    private func invisible(_ text: TextContents) -> String? {
        var (targets, others): ([String], [InvisibleCharacter]) = ([], [])
        var named: [InvisibleCharacter] = []
        for character in text.afterStages.invisible {
            switch character.value {
            case 0x61C, 0x200E, 0x200F:
                named.append(character)
                if !targets.contains("bidi") { targets.append("bidi") }
            case 0x200B, 0x2060, 0xFEFF:
                named.append(character)
                if !targets.contains("zero-width") { targets.append("zero-width") }
            case 0xAD, 0xE000...0xF8FF, 0xFDD0...0xFDEF, 0xFFFE, 0xFFFF, 0xF0000...0x10FFFF:
                named.append(character)
                others.append(character)
            default: continue
            }
        }
        guard !named.isEmpty else { return nil }
        var remedies: [String] = []
        if !targets.isEmpty { remedies.append("--stage strip:what=\(targets.sorted().joined(separator: "+"))") }
        if !others.isEmpty {
            let set = others.prefix(8).map { "\\x{\(String($0.value, radix: 16))}" }.joined()
            remedies.append("--stage \("filter:drop=[\(set)]".shellQuoted)")
        }
        let list = named.prefix(5).map { "\($0.codePoint) \(Self.times($0.count))" }.joined(separator: ", ")
        let rest = named.count > 5 ? " and \((named.count - 5).grouped) more" : ""
        return "Invisible characters: \(list)\(rest). If the text does not need them, drop them: "
            + remedies.joined(separator: " ") + "."
    }
}
