internal import RunicCells
package import RunicModel

/// Where the gates and states of each layer are in a model's state.
package struct GateAnatomy: Sendable {
    /// L.
    package let layers: Int
    /// H, the units of a layer.
    package let units: Int
    /// The series, gates first.
    package let series: [ActivationSeries]
    /// The series that units are known by: the cell state, or the hidden state where there is none.
    package let stateSeries: Int

    package init(_ model: InferenceModel) {
        let (shape, state) = (model.parameters.shape, model.start())
        layers = shape.layers
        units = state.gates.count / layers / max(shape.cell.gateNames.count, 1)
        let all = ActivationSeries.all(
            gates: shape.cell.gateNames, roles: shape.cell.gateRoles, auxiliaries: shape.cell.auxiliaryCount)
        // A projected hidden state has fewer elements than the layer has units, and none belongs to a unit.
        let (units, hidden) = (units, state.hidden.count / layers)
        series = all.filter { $0.place != .hidden || hidden == units }
        stateSeries = series.firstIndex { $0.place == .auxiliary(0) } ?? series.count - 1
    }

    /// One layer's values of a series, (H).
    package func values(_ series: ActivationSeries, layer: Int, of state: InferenceState) -> ArraySlice<Float> {
        func slice(_ all: ArraySlice<Float>, _ index: Int) -> ArraySlice<Float> {
            let start = all.startIndex + layer * (all.count / layers) + index * units
            return all[start..<(start + units)]
        }
        switch series.place {
        case .gate(let index): return slice(state.gates, index)
        case .auxiliary(let index): return slice(state.auxiliary, index)
        case .hidden: return slice(state.hidden, 0)
        }
    }
}
