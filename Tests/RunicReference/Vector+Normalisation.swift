internal import Foundation

extension Vector {
    /// 1 / √(variance + ε), with the biased variance and ε = 1e-5.
    private var inverseDeviation: Double {
        let centred = self - mean
        return 1 / ((centred * centred).mean + 1e-5).squareRoot()
    }

    /// (x − mean) / √(variance + ε): Ba et al. 2016, arXiv 1607.06450, without gain and offset.
    var normalised: Vector { inverseDeviation * (self - mean) }

    /// ∂loss/∂x from ∂loss/∂``normalised``.
    ///
    /// With s the normalised x and δ the gradient from above: (δ − mean(δ) − s · mean(δ ⊙ s)) / √(variance + ε).
    func normalisedBackward(_ above: Vector) -> Vector {
        let s = normalised
        return inverseDeviation * (above - above.mean - (above * s).mean * s)
    }
}
