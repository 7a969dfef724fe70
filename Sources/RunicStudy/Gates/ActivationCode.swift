/// Activations as pages hold them, one byte each.
package enum ActivationCode {
    /// A gate in steps of 1/255: 0 is 0, 255 is 1.
    package static func gate(_ value: Float) -> UInt8 { UInt8((min(max(value, 0), 1) * 255).rounded()) }

    /// A signed value in steps of scale/127: 0 is −scale, 127 is 0, 254 is scale.
    ///
    /// - Precondition: `scale` is above 0.
    package static func signed(_ value: Float, scale: Float) -> UInt8 {
        UInt8(127 + (min(max(value / scale, -1), 1) * 127).rounded())
    }
}
