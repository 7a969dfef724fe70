import CRunicPeak
import Runic

/// Measures the peaks of the processor: the best of several short runs.
///
/// A shared machine's peak changes within minutes, so each case is compared with a peak measured at the same time.
struct PeakMeter {
    /// Number of runs; the best counts.
    let runs: Int
    /// Seconds of a run.
    let seconds: Double

    /// Operations per second, two for each multiply-add; nil if the processor has no instruction for the type.
    func operations(_ precision: Precision, threads: Int) -> Double? {
        let type =
            switch precision {
            case .float32: RUNIC_PEAK_FLOAT32
            case .bfloat16: RUNIC_PEAK_BFLOAT16
            case .int8: RUNIC_PEAK_INT8
            }
        return best { 2 * runic_peak_multiply_adds(Int32(type), Int32(threads), seconds) }
    }

    /// Bytes read per second while the threads together read `bytes` repeatedly; nil if out of memory.
    func reading(bytes: Int, threads: Int) -> Double? {
        best { runic_peak_read(bytes, Int32(threads), seconds) }
    }

    private func best(_ measure: () -> Double) -> Double? {
        let most = (0..<runs).reduce(0) { most, _ in max(most, measure()) }
        return most > 0 ? most : nil
    }
}
