internal import CRunicDNNL
internal import CRunicKernels
internal import Glibc

/// The features of this processor and of the libraries, for reports.
package enum ProcessorInformation {
    /// The clone of the element-wise loops that runs here: `avx512f`, `haswell` or `default`.
    package static var instructionSet: String { unsafe String(cString: runic_instruction_set()) }
    /// Whether bfloat16 products run in hardware.
    package static var hasBFloat16: Bool { runic_has_bfloat16() != 0 }
    /// Whether int8 products run in hardware without overflow of their sums.
    package static var hasInt8: Bool { runic_has_int8_dot_product() != 0 }
    /// Whether this processor has instructions for products of many rows in a precision.
    package static func multiplies(_ precision: Precision) -> Bool {
        switch precision {
        case .float32: true
        case .bfloat16: hasBFloat16
        case .int8: hasInt8
        }
    }
    /// oneDNN's version, such as `2.6.3`.
    package static var productLibraryVersion: String {
        let version = Int(runic_dnnl_version())
        return "\(version / 10000).\(version / 100 % 100).\(version % 100)"
    }
    /// Processors online, at least one.
    package static var count: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }
}
