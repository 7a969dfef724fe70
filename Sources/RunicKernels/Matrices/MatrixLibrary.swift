internal import CRunicDNNL

/// The library of matrix products, oneDNN. Packed matrices and products are made from it and share it.
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

    /// Limits the products that the calling thread runs to that thread.
    package static func useOneThread() { runic_dnnl_use_one_thread() }
}
