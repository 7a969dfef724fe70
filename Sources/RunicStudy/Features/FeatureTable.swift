package import RunicText

/// The features of every symbol of a text.
package struct FeatureTable: Sendable {
    /// T, the number of symbols.
    package let symbols: Int
    /// (T, F), row-major, F = all ``SymbolFeature`` in order.
    package let values: [Float]
    /// The features that are worth a comparison: they vary over the text and are not the same as one before them.
    package let present: [SymbolFeature]

    /// The features of a text.
    ///
    /// - Complexity: O(T F).
    package init(_ symbols: [Symbol], unit: TextUnit) {
        let F = SymbolFeature.allCases.count
        let characters = TextCharacter.characters(of: symbols, unit: unit)
        var annotator = FeatureAnnotator(characters)
        var values: [Float] = []
        values.reserveCapacity(symbols.count * F)
        for index in characters.indices {
            let row = annotator.row(at: index)
            for _ in characters[index].symbols { values += row }
        }
        self.symbols = symbols.count
        self.values = values
        present = Self.distinct(values, F)
    }

    /// The value of a feature at a symbol.
    package subscript(symbol: Int, feature: SymbolFeature) -> Float {
        values[symbol * SymbolFeature.allCases.count + feature.index]
    }

    /// All features at a symbol.
    package func row(_ symbol: Int) -> ArraySlice<Float> {
        let F = SymbolFeature.allCases.count
        return values[(symbol * F)..<(symbol * F + F)]
    }

    private static func distinct(_ values: [Float], _ F: Int) -> [SymbolFeature] {
        func column(_ feature: SymbolFeature) -> [Float] {
            stride(from: feature.index, to: values.count, by: F).map { values[$0] }
        }
        var seen: Set<[Float]> = []
        return SymbolFeature.allCases.filter { feature in
            let column = column(feature)
            guard let first = column.first, column.contains(where: { $0 != first }) else { return false }
            return seen.insert(column).inserted
        }
    }
}
