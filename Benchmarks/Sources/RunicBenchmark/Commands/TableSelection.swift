import ArgumentParser

/// Tables by name, in the order in which they are measured.
struct TableSelection: ExpressibleByArgument {
    enum Name: String, CaseIterable {
        case peaks, train, cells, scaling, sample, streams, start, text
    }

    let names: [Name]

    /// All of them.
    init() { names = Name.allCases }

    init?(argument: String) {
        var chosen: [Name] = []
        for part in argument.split(separator: ",") {
            guard let name = Name(rawValue: String(part)) else { return nil }
            chosen.append(name)
        }
        guard !chosen.isEmpty else { return nil }
        names = Name.allCases.filter(chosen.contains)
    }

    var defaultValueDescription: String { names.map(\.rawValue).joined(separator: ",") }
}
