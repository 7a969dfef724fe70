/// The recurrent state of one row at one step, h and c, or its gradient; a cell without c ignores it.
struct ReferenceUnit: Sendable {
    /// (R).
    var hidden: Vector
    /// (H).
    var cell: Vector

    static func + (left: ReferenceUnit, right: ReferenceUnit) -> ReferenceUnit {
        ReferenceUnit(hidden: left.hidden + right.hidden, cell: left.cell + right.cell)
    }

    static func * (left: ReferenceUnit, right: ReferenceUnit) -> ReferenceUnit {
        ReferenceUnit(hidden: left.hidden * right.hidden, cell: left.cell * right.cell)
    }

    /// 1 − x, element by element.
    var complement: ReferenceUnit { ReferenceUnit(hidden: 1 - hidden, cell: 1 - cell) }
}
