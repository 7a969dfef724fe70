internal import Foundation
internal import RunicPage

/// Numbers as base64, which a page reads as typed arrays, little-endian.
package enum PackedNumbers {
    package static func bytes(_ values: [UInt8]) -> String { Data(values).base64EncodedString() }

    package static func words(_ values: [UInt16]) -> String {
        bytes(values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }

    package static func longWords(_ values: [UInt32]) -> String {
        bytes(values.flatMap { value in [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) } })
    }

    /// Fractions from 0 to 1 in steps of 1/255.
    package static func fractions(_ values: [Double]) -> String { bytes(values.map { ActivationCode.gate(Float($0)) }) }
}
