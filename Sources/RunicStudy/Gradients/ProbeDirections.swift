internal import Foundation
internal import RunicKernels

/// The directions e along which a Jacobian J is measured: rows eᵀ J.
///
/// With all unit vectors the norms of the rows make up the Frobenius norm of J. With m random orthonormal directions out of
/// n, n / m times the sum of their squares has the square of that norm as its mean.
package struct ProbeDirections: Sendable {
    /// n, the width of a state.
    package let size: Int
    /// (m, n): orthonormal rows.
    package let rows: [[Float]]

    /// A state so wide has every unit vector for a probe.
    package static let widest = 128
    /// Probes of a wider state.
    package static let count = 64

    package init(size: Int, seed: UInt64) {
        self.size = size
        guard size > Self.widest else {
            rows = (0..<size).map { unit in (0..<size).map { $0 == unit ? 1 : 0 } }
            return
        }
        var generator = SplitMix64(seed: seed, stream: 0xD1EC)
        var made: [[Double]] = []
        while made.count < Self.count {
            var row = (0..<size).map { _ in Double(generator.nextNormal()) }
            for other in made {
                let part = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
                for index in 0..<size { row[index] -= part * other[index] }
            }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            made.append(row.map { $0 / length })
        }
        rows = made.map { $0.map { Float($0) } }
    }
}
