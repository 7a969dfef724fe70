/// h and c of one row at one step, or their gradients; c means nothing to a cell without one.
struct ReferenceMemory: Sendable {
    /// (R).
    var hidden: Vector
    /// (H).
    var cell: Vector

    static func + (left: ReferenceMemory, right: ReferenceMemory) -> ReferenceMemory {
        ReferenceMemory(hidden: left.hidden + right.hidden, cell: left.cell + right.cell)
    }

    static func * (left: ReferenceMemory, right: ReferenceMemory) -> ReferenceMemory {
        ReferenceMemory(hidden: left.hidden * right.hidden, cell: left.cell * right.cell)
    }

    /// 1 − x, element by element.
    var complement: ReferenceMemory { ReferenceMemory(hidden: 1 - hidden, cell: 1 - cell) }
}
