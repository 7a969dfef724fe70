internal import Glibc

/// Memory that is allocated block by block and freed together, such as the activations of a shard.
@safe
package final class Arena: @unchecked Sendable {
    // Sendable by hand: nothing changes after set-up; the blocks follow the rule of `Block`.
    private var allocations: [UnsafeMutableRawPointer] = unsafe []

    package init() {}

    deinit { unsafe allocations.forEach { unsafe free($0) } }

    /// A new zeroed matrix that lives as long as the arena.
    package func block<Element: BitwiseCopyable>(
        _ type: Element.Type = Element.self, rows: Int, columns: Int
    ) -> Block<Element> {
        let base: UnsafeMutablePointer<Element> = unsafe AlignedMemory.zeroed(count: rows * columns)
        unsafe allocations.append(UnsafeMutableRawPointer(base))
        return unsafe Block(base: base, rows: rows, columns: columns, stride: columns)
    }

    /// A new zeroed operand of products.
    package func operand(_ precision: Precision, rows: Int, columns: Int) -> Operand {
        switch precision {
        case .float32: Operand(block(Float.self, rows: rows, columns: columns))
        case .bfloat16: Operand(block(UInt16.self, rows: rows, columns: columns))
        case .int8: Operand(block(UInt8.self, rows: rows, columns: columns))
        }
    }
}
