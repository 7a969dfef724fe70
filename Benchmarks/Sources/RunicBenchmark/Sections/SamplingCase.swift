import Runic

/// A model whose sampling is measured.
struct SamplingCase {
    let cell: String
    let layers, hidden: Int
    /// Texts sampled in parallel.
    var streams = 1
    /// Counted symbols per stream and round of the peers.
    let symbols: Int

    var name: String {
        "\(cell) \(layers)×\(hidden)" + (streams > 1 ? ", \(streams) streams" : "")
    }

    /// Symbols per second of Runic.
    func measure(_ precision: Precision, threads: Int, symbols: Int) throws -> Double {
        try SamplingSpeed.measure(
            ModelConfiguration(
                cell: cell, vocabularySize: 65, embeddingSize: hidden, hiddenSize: hidden, layers: layers),
            precision: precision, streams: streams, threads: threads, symbols: symbols
        ).symbolsPerSecond
    }

    /// The speeds of the peers in one round.
    func measurePeers(_ peers: Peers, threadCounts: [Int], symbols: Int) -> [PeerSpeed] {
        peers.run(
            "sample_peers.py",
            [
                "--cell", cell, "--layers", "\(layers)", "--hidden", "\(hidden)", "--streams", "\(streams)",
                "--symbols", "\(symbols)", "--threads",
            ] + threadCounts.map(String.init), as: PeerSpeed.self)
    }

    /// A line of `sample_peers.py`.
    struct PeerSpeed: Decodable {
        let engine: String
        let threads: Int
        let symbolsPerSecond: Double

        private enum CodingKeys: String, CodingKey {
            case engine, threads
            case symbolsPerSecond = "symbols_per_second"
        }
    }
}
