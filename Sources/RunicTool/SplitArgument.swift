internal import ArgumentParser

/// Three shares on the command line: `0.9,0.05,0.05`.
struct SplitArgument: ExpressibleByArgument {
    let shares: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.count == 3 else { return nil }
        let shares = parts.compactMap(\.self)
        guard shares.count == 3 else { return nil }
        self.shares = shares
    }
}
