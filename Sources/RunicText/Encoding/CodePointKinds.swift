internal import CRunicText
internal import Glibc

/// How code points stand in text, for the stages of a pipeline and the segmentation of grapheme clusters together.
///
/// What is known of each lies in a table, and is found when it is first met.
@safe final class CodePointKinds {
    /// Of each code point, and of CR LF, its kind in the words of `runic_fast_path`.
    let table: UnsafeMutablePointer<UInt8>
    private let segmenter: Segmenter
    /// Whether code points join to symbols; else each is one.
    private let joins: Bool
    /// Whether every ASCII character stands alone, but CR, and a text can be read in runs of them.
    private(set) var asciiStandsAlone = false
    /// Whether any does: stages that may change all letters leave nothing to gain.
    private(set) var isUseful = false
    private var isReady = false

    /// - Parameters:
    ///   - segmenter: into grapheme clusters.
    ///   - unit: what a symbol is, a grapheme cluster or a code point.
    init?(segmenter: Segmenter, unit: TextUnit) {
        guard unit == .grapheme || unit == .codepoint, let memory = unsafe calloc(LocalIDTables.values, 1) else {
            return nil
        }
        unsafe table = memory.assumingMemoryBound(to: UInt8.self)
        self.segmenter = segmenter
        joins = unit == .grapheme
    }

    deinit { unsafe free(table) }

    /// Asks the stages once, whose answers follow from their options.
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

    /// The first place, from `start` on, where a text can be cut and the direct way begins; the end where there is none.
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
            let isLeft = stages.treatment(of: 0x0D) == .leaves && stages.treatment(of: 0x0A) == .leaves
            return joins && isLeft ? RUNIC_ALONE : RUNIC_OTHER
        }
        let kind = Int(segmenter.kind(of: value))
        let treatment = stages.treatment(of: value)
        switch kind {
        case RUNIC_ALONE, RUNIC_PICTOGRAPH, RUNIC_CONSONANT:
            guard treatment == .leaves else { return RUNIC_OTHER }
            return joins ? kind : RUNIC_ALONE
        case RUNIC_REGIONAL:
            return joins && treatment == .leaves ? kind : RUNIC_OTHER
        case RUNIC_JOINER, RUNIC_SPACING:
            let isStarter = treatment == .leaves || treatment == .joins(combiningClass: 0)
            return joins && isStarter ? kind : RUNIC_OTHER
        case RUNIC_LINKER:
            return joins && treatment == .joins(combiningClass: UInt8(RUNIC_LINKER_CLASS)) ? kind : RUNIC_OTHER
        case RUNIC_MARK:
            guard joins else { return RUNIC_OTHER }
            switch treatment {
            case .depends: return RUNIC_OTHER
            case .leaves: return RUNIC_MARK
            case .joins(let combiningClass):
                let found = RUNIC_MARK + Int(combiningClass)
                return found <= Int(UInt8.max) ? found : RUNIC_OTHER
            }
        default: return RUNIC_OTHER
        }
    }
}
