import ArgumentParser

/// Measures Runic and its peers in turn: all tables of one run.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Measure Runic and its peers in turn, and print the tables with ratios.",
        discussion: "Tables go to standard output, progress to standard error. Without a Python that has torch, only "
            + "Runic and the machine are measured.")

    @OptionGroup var options: MeasuringOptions
    @Option(help: "The tables, separated by commas.") var tables = TableSelection()
    @Option(help: "Rounds: each measures Runic, then its peers. (default: 3, with --quick 1)") var rounds: Int?
    @Option(help: "Only cases whose name and precision contain this text, such as 'gru' or '2×512, 64×128 bf16'.")
    var only = ""
    @Option(help: "A Python with torch, onnx and onnxruntime.") var python = "python3"
    @Option(help: "Folder of the peers' programs.") var peers = "Benchmarks/Peers"
    @Option(help: "The runic program for the table start.") var runic = ".build/release/runic"
    @Option(parsing: .upToNextOption, help: "Files and folders for the table text.") var texts: [String] = []

    func validate() throws {
        if let rounds, rounds < 1 { throw ValidationError("--rounds must be 1 or more") }
    }

    func run() throws {
        let peers = Peers(python: python, folder: peers)
        var report = Report(machine: MachineInformation(peers: peers.versions))
        let plan = MeasuringPlan(
            rounds: rounds ?? (options.quick ? 1 : 3), threads: options.threads, threadCounts: options.threadCounts,
            quick: options.quick, only: only, meter: options.meter, peers: peers)
        for name in tables.names {
            Console.note("table \(name.rawValue)")
            switch name {
            case .peaks: PeakSection(meter: plan.meter, threadCounts: plan.threadCounts).measure(into: &report)
            case .train: try TrainingSection(plan: plan).measure(into: &report)
            case .cells: try CellsSection(plan: plan).measure(into: &report)
            case .scaling: try ScalingSection(plan: plan).measure(into: &report)
            case .sample: try SamplingSection(plan: plan).measure(into: &report)
            case .streams: try StreamsSection(plan: plan).measure(into: &report)
            case .start: try StartSection(plan: plan, program: runic).measure(into: &report)
            case .text: try TextSection(plan: plan, texts: texts).measure(into: &report)
            }
            try report.write(json: options.json)
        }
        report.showGoals()
    }
}
