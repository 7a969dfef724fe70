import Foundation

/// The tables of one run, printed as they grow.
struct Report: Encodable {
    let machine: MachineInformation
    private(set) var tables: [Table] = []

    /// A report that begins with the machine.
    init(machine: MachineInformation) {
        self.machine = machine
        Console.show("## Machine\n\n| what | |\n| --- | --- |")
        for fact in machine.facts { Console.show("| \(fact.name) | \(fact.value) |") }
    }

    /// Begins a table; later rows belong to it.
    mutating func begin(_ table: Table) { tables.append(table) }

    /// Adds a row to the last table.
    ///
    /// - Precondition: a table was begun.
    mutating func add(_ labels: [String], _ figures: [Measurement]) {
        precondition(!tables.isEmpty, "a row without a table: \(labels)")
        for line in tables[tables.count - 1].add(Table.Row(labels: labels, figures: figures)) { Console.show(line) }
    }

    /// Prints how many goals are met, and lists the others.
    func showGoals() {
        let judged = tables.flatMap(\.rows).flatMap { row in
            row.figures.filter { $0.isMet != nil }.map { (labels: row.labels.joined(separator: ", "), figure: $0) }
        }
        guard !judged.isEmpty else { return }
        let missed = judged.filter { $0.figure.isMet == false }
        Console.show("\n## Goals\n\n\(judged.count - missed.count) of \(judged.count) met.")
        if !missed.isEmpty { Console.show("") }
        for (labels, figure) in missed { Console.show("- \(labels): \(figure.name) \(figure.text)") }
    }

    /// Writes everything to a file; nothing for nil.
    func write(json path: String?) throws {
        guard let path else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
