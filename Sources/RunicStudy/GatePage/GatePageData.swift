internal import RunicPage

/// What the script of a page of gates reads: short keys, and long rows of numbers in base64.
struct GatePageData: Encodable {
    struct Series: Encodable {
        let name, title, about: String
        let isGate: Bool
    }

    struct Feature: Encodable {
        struct Best: Encodable {
            let layer, unit: Int
            let r, score: Double
            let area: Double?
        }

        let title, place, about: String
        let isCount, needsMemory: Bool
        let best: [Best]
        let highest: Double
        /// The values over the shown text as fractions of the largest, bytes.
        let values: String
        let largest: Double
    }

    struct Unit: Encodable {
        let unit: Int
        /// (S, T), bytes.
        let codes: String
        let scales: [Double]
        /// The features that it follows most closely: their indices in ``GatePageData/features``, r.
        let tells: [Telling]
        let retention: Double?
    }

    struct Telling: Encodable {
        let feature: Int
        let r: Double
    }

    struct Statistics: Encodable {
        let range: ActivationRange
        let ends: [Double]
        let fractions: [Double]
        let low, high: Double
        /// For each unit of the layer, fractions as bytes.
        let unitsLow, unitsHigh: String
    }

    struct Layer: Encodable {
        let units: [Unit]
        let statistics: [Statistics]
        /// Symbols, for each unit of the layer.
        let retention: [Double]?
        let longest: [Int]
    }

    struct Theme: Encodable {
        let light, dark: [String: Palette]
    }

    let unitsPerLayer: Int
    let vocabulary: Int
    let stateSeries: Int
    let series: [Series]
    let features: [Feature]
    let layers: [Layer]
    let symbols: [DisplaySymbol]
    /// (T): places in `symbols`, 32 bits each.
    let text: String
    /// (T): 1 where the vocabulary does not have the symbol.
    let unseen: String
    /// (T): thousandths of a nat, 16 bits each; 65535 where nothing was predicted.
    let surprisals: String
    /// (T, 5): places in `symbols`, 32 bits; and probabilities, 16 bits, in 65535ths. 0 probability where there is none.
    let expected: String
    let probabilities: String
    let expectedCount: Int
    let palettes: Theme
}
