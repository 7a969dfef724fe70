internal import CRunicText
internal import Glibc

/// The kind of each code point, which says how stages and segmentation treat it together.
///
/// Kinds are in a table; each is found when its code point first occurs.
@safe final class CodePointKinds {
    /// The kind of each code point, and of CR LF, as `runic_fast_path` defines them.
    let table: UnsafeMutablePointer<UInt8>
    private let segmenter: Segmenter
    /// Whether code points can join to form a symbol; otherwise each is a symbol.
    private let joins: Bool
    /// Whether every ASCII character except CR is a symbol of its own, so that runs of them can be mapped at once.
    private(set) var asciiStandsAlone = false
    /// Whether any ASCII character is one; otherwise stages may change every letter, and the fast path gains nothing.
    private(set) var isUseful = false
    private var isReady = false

    /// - Parameters:
    ///   - segmenter: cuts grapheme clusters.
    ///   - unit: the kind of symbol, a grapheme cluster or a code point.
    init?(segmenter: Segmenter, unit: TextUnit) {
        guard unit == .grapheme || unit == .codepoint, let memory = unsafe calloc(LocalIDTables.values, 1) else {
            return nil
        }
        unsafe table = memory.assumingMemoryBound(to: UInt8.self)
        self.segmenter = segmenter
        joins = unit == .grapheme
    }

    deinit { unsafe free(table) }

    /// Asks the stages about ASCII, once: their answers depend only on their options.
    func prepare(_ stages: PipelineRun) {
        guard !isReady else { return }
        isReady = true
        for value in 0..<UInt32(0x80) { learn(value, stages) }
        let standing = (0..<0x80).count { unsafe table[$0] == RUNIC_ALONE }
        let returnStandsAlone = unsafe table[0x0D] == RUNIC_ALONE
        asciiStandsAlone = standing == 0x80 || (standing == 0x7F && !returnStandsAlone)
        isUseful = standing > 0
    }

    /// Finds the kind of a code point, or of CR LF.
    func learn(_ value: UInt32, _ stages: PipelineRun) {
        unsafe table[Int(value)] = UInt8(truncatingIfNeeded: kind(of: value, stages))
    }

    /// The first place from `start` on where the fast path can begin; the end of the text if there is none.
    func resume(_ bytes: Span<UInt8>, from start: Int, _ stages: PipelineRun) -> Int {
        var place = min(start, bytes.count)
        while true {
            var unknown = UInt32.max
            place = unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe runic_fast_path_resume(table, bytes.baseAddress, bytes.count, place, &unknown)
            }
            guard unknown != UInt32.max else { return place }
            learn(unknown, stages)
        }
    }

    private func kind(of value: UInt32, _ stages: PipelineRun) -> Int {
        if value == RUNIC_CRLF {
            let isUnchanged = stages.effect(on: 0x0D) == .unchanged && stages.effect(on: 0x0A) == .unchanged
            return joins && isUnchanged ? RUNIC_ALONE : RUNIC_OTHER
        }
        let kind = Int(segmenter.kind(of: value))
        let effect = stages.effect(on: value)
        switch kind {
        case RUNIC_ALONE, RUNIC_PICTOGRAPH, RUNIC_CONSONANT:
            guard effect == .unchanged else { return RUNIC_OTHER }
            return joins ? kind : RUNIC_ALONE
        case RUNIC_REGIONAL:
            return joins && effect == .unchanged ? kind : RUNIC_OTHER
        case RUNIC_JOINER, RUNIC_SPACING:
            let isStarter = effect == .unchanged || effect == .unchangedMark(combiningClass: 0)
            return joins && isStarter ? kind : RUNIC_OTHER
        case RUNIC_LINKER:
            return joins && effect == .unchangedMark(combiningClass: UInt8(RUNIC_LINKER_CLASS)) ? kind : RUNIC_OTHER
        case RUNIC_MARK:
            guard joins else { return RUNIC_OTHER }
            switch effect {
            case .contextual: return RUNIC_OTHER
            case .unchanged: return RUNIC_MARK
            case .unchangedMark(let combiningClass):
                let found = RUNIC_MARK + Int(combiningClass)
                return found <= Int(UInt8.max) ? found : RUNIC_OTHER
            }
        default: return RUNIC_OTHER
        }
    }
}
