internal import CRunicDNNL

/// The library of matrix products, from which packed matrices and products are made. Products share it.
@safe
package final class MatrixLibrary: @unchecked Sendable {
    // Sendable by hand: oneDNN's engines may be used by any number of threads.
    let engine: OpaquePointer

    /// - Throws: ``MatrixError/noEngine``.
    package init() throws(MatrixError) {
        guard let made = unsafe runic_dnnl_engine_create() else { throw .noEngine }
        unsafe engine = made
    }

    deinit { unsafe runic_dnnl_engine_destroy(engine) }

    /// Makes products that the calling thread runs use no other thread.
    package static func useOneThread() { runic_dnnl_use_one_thread() }
}
