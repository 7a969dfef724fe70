internal import CRunicKernels

/// A matrix laid out for products with one row at a time, whose speed is limited by reading the matrix.
///
/// The outputs are `groups` of equally many units: the gates of a cell, or one group. A panel holds some neighbouring
/// units of every group, with the weights in the order in which a product reads them. Memory is read from front to
/// back, sums stay in registers, and a worker that computes some panels has all gates of their units.
///
/// An output does not depend on the worker that computes it: its sum follows the order of the input.
@safe
package final class RowMatrix: @unchecked Sendable {
    // Sendable by hand: the initialiser fills it; afterwards it is only read.
    private let shape: runic_panels
    private let floats: AlignedBuffer<Float>
    private let halves: AlignedBuffer<UInt16>
    private let bytes: AlignedBuffer<Int8>
    private let corrections: AlignedBuffer<Int32>
    private let scales: AlignedBuffer<Float>
    package let precision: Precision

    /// Lays out a matrix (groups · units, K).
    ///
    /// In bfloat16 the weights are rounded and inputs are not. In int8 each row has its own scale, and inputs are
    /// hidden states in 8 bits.
    ///
    /// - Precondition: `groups` is 1 to 8 and divides the number of rows.
    /// - Complexity: O(elements).
    package init(_ source: Block<Float>, groups: Int = 1, precision: Precision) {
        let most = Int(RUNIC_PANEL_VECTORS), lanes = Int(RUNIC_PANEL_LANES)
        precondition(
            source.isContiguous && groups > 0 && groups <= most && source.rows % groups == 0,
            "(\(source.rows), \(source.columns)) in \(groups) groups")
        let units = source.rows / groups
        let vectors = Self.vectorsPerGroup(units: units, most: most / groups, lanes: lanes)
        let width = vectors * lanes
        let panels = (units + width - 1) / width
        var shape = runic_panels(
            groups: groups, units: units, k: source.columns, vectors_per_group: vectors, panels: panels)
        self.shape = shape
        self.precision = precision
        let outputs = panels * groups * width, k = source.columns
        floats = AlignedBuffer(zeros: precision == .float32 ? outputs * k : 0)
        halves = AlignedBuffer(zeros: precision == .bfloat16 ? outputs * ((k + 1) / 2 * 2) : 0)
        bytes = AlignedBuffer(zeros: precision == .int8 ? outputs * Self.paddedStates(k) : 0)
        corrections = AlignedBuffer(zeros: precision == .int8 ? outputs : 0)
        scales = AlignedBuffer(zeros: precision == .int8 ? outputs : 0)
        switch precision {
        case .float32: unsafe runic_pack_panels_f32(&shape, source.base, floats.base)
        case .bfloat16: unsafe runic_pack_panels_bf16(&shape, source.base, halves.base)
        case .int8:
            let quantized = QuantizedMatrix(source)
            let form = quantized.stateProductForm
            unsafe quantized.values.withUnsafeBufferPointer { values in
                guard let first = values.baseAddress else { return }
                unsafe runic_pack_panels_int8(
                    &shape, first, form.corrections, form.scales, bytes.base, corrections.base, scales.base)
            }
        }
    }

    /// The number of vectors per group: as many as fit in registers, or fewer if that leaves less padding in the last panel.
    private static func vectorsPerGroup(units: Int, most: Int, lanes: Int) -> Int {
        func padded(_ vectors: Int) -> Int { (units + vectors * lanes - 1) / (vectors * lanes) * vectors * lanes }
        let candidates = (max(most / 2, 1)...most).reversed()
        return candidates.min { padded($0) < padded($1) } ?? most
    }

    /// The number of bytes of the 8-bit states of `count` units, padded for products.
    package static func paddedStates(_ count: Int) -> Int { (count + 3) / 4 * 4 }

    /// The bytes of weights that one product reads.
    package var byteCount: Int { floats.count * 4 + halves.count * 2 + bytes.count }

    /// The matrix as a plain value, valid while the matrix lives. Copying it counts no references, so threads that share a
    /// step do not all write to one count.
    package var reader: Reader {
        unsafe Reader(
            shape: shape, precision: precision, floats: floats.base, halves: halves.base, bytes: bytes.base,
            corrections: corrections.base, scales: scales.base)
    }
}
