internal import CRunicKernels

extension RowMatrix {
    /// A matrix as products read it.
    @safe
    package struct Reader: BitwiseCopyable, @unchecked Sendable {
        // Sendable by hand, as the matrix is.
        let shape: runic_panels
        package let precision: Precision
        let floats: UnsafeMutablePointer<Float>
        let halves: UnsafeMutablePointer<UInt16>
        let bytes: UnsafeMutablePointer<Int8>
        let corrections: UnsafeMutablePointer<Int32>
        let scales: UnsafeMutablePointer<Float>

        /// The number of panels.
        package var panels: Int { shape.panels }

        /// The units of a group that some panels compute.
        package func units(ofPanels range: Range<Int>) -> Range<Int> {
            let width = shape.vectors_per_group * Int(RUNIC_PANEL_LANES)
            return min(range.lowerBound * width, shape.units)..<min(range.upperBound * width, shape.units)
        }

        /// Some panels of y = W · x.
        ///
        /// - Parameters:
        ///   - x: (K), read in float32 and bfloat16.
        ///   - states: x in 8 bits, of length ``RowMatrix/paddedStates(_:)`` of K, read in int8.
        ///   - y: (groups · units); only the units of the panels are written.
        /// - Complexity: outputs of the panels · K multiply-adds, limited by reading the weights.
        package func multiply(panels range: Range<Int>, _ x: Block<Float>, states: Block<UInt8>, to y: Block<Float>) {
            precondition(
                range.lowerBound >= 0 && range.upperBound <= panels, "panels \(range) of \(panels)")
            if precision == .int8 {
                check(states: states, output: y)
            } else {
                precondition(x.count == shape.k && x.isContiguous, "\(x.count) values for \(shape.k)")
                check(output: y)
            }
            let (first, last) = (range.lowerBound, range.upperBound)
            var shape = shape
            switch precision {
            case .float32: unsafe runic_panels_f32(&shape, first, last, floats, x.base, y.base)
            case .bfloat16: unsafe runic_panels_bf16(&shape, first, last, halves, x.base, y.base)
            case .int8:
                unsafe runic_panels_int8(&shape, first, last, bytes, corrections, scales, states.base, y.base)
            }
        }

        /// The whole int8 product without the processor's dot products, to test the code of other processors.
        package func multiplyPlainly(states: Block<UInt8>, to y: Block<Float>) {
            precondition(precision == .int8, "a plain product in \(precision.rawValue)")
            check(states: states, output: y)
            var shape = shape
            unsafe runic_panels_int8_plain(
                &shape, 0, panels, bytes, corrections, scales, states.base, y.base)
        }

        private func check(output y: Block<Float>) {
            let rows = shape.groups * shape.units
            precondition(y.count == rows && y.isContiguous, "\(rows) outputs into \(y.count)")
        }

        private func check(states: Block<UInt8>, output y: Block<Float>) {
            precondition(
                states.count >= RowMatrix.paddedStates(shape.k) && states.isContiguous,
                "\(states.count) states for \(shape.k)")
            check(output: y)
        }
    }
}
