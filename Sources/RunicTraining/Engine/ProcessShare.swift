internal import RunicCells
internal import RunicKernels

/// What one of several processes owns of a model that they train together, and how they exchange the rest.
///
/// The parameters' slices are halved among the processes, the halves among half of them, and so on. In a step every process
/// first has the sums of its own shards. Pairs of neighbours send each other the half that the other keeps, and add what
/// they receive; then pairs of pairs do so with a quarter, until each process has the sum of its own slices. That is the
/// order of a ``ShardTree``, so the sums are those of one process alone. It updates its slices; the halves then travel the
/// same way back. So each process sends and receives less than twice the parameters, and holds the optimizer's arrays of
/// its own slices only.
final class ProcessShare: GradientExchange {
    let communicator: any Communicator
    /// All slices of the parameters, and those of this process.
    let slices: [Range<Int>]
    let own: Range<Int>
    /// The own slices, packed without gaps, as a layout of their own.
    let layout: ParameterLayout
    private let received: AlignedBuffer<Float>
    private let arena = Arena()
    private let losses: Block<Double>
    private let squares: Block<Double>
    private let receivedSquares: Block<Double>

    /// - Parameter length: the floats of the longest block that is added.
    init(_ communicator: any Communicator, parameters: ParameterLayout, longest: Int) {
        precondition(communicator.count.nonzeroBitCount == 1, "\(communicator.count) processes")
        self.communicator = communicator
        let all = parameters.slices
        slices = all.map(\.range)
        own = Self.part(of: slices, rank: communicator.rank, count: communicator.count)
        var layout = ParameterLayout()
        for index in own {
            let (range, isMatrix) = all[index]
            layout.append("slice.\(index)", isMatrix ? [1, range.count] : [range.count])
        }
        self.layout = layout
        received = AlignedBuffer(zeros: max(parameters.length, longest) / 2 + Self.longestSlice)
        losses = arena.block(rows: 1, columns: 2)
        squares = arena.block(rows: 1, columns: slices.count)
        receivedSquares = arena.block(rows: 1, columns: slices.count)
    }

    private static let longestSlice = 65_536

    // MARK: Who owns what

    /// The halves of some slices, as equal in length as their boundaries allow.
    private static func halves(_ slices: [Range<Int>], _ part: Range<Int>) -> (Range<Int>, Range<Int>) {
        let total = slices[part].reduce(0) { $0 + $1.count }
        var (middle, before) = (part.lowerBound, 0)
        while middle < part.upperBound, before + slices[middle].count / 2 <= total / 2 {
            before += slices[middle].count
            middle += 1
        }
        return (part.lowerBound..<middle, middle..<part.upperBound)
    }

    /// The slices of a process; none, if there are more processes than slices.
    private static func part(of slices: [Range<Int>], rank: Int, count: Int) -> Range<Int> {
        var part = slices.indices.lowerBound..<slices.indices.upperBound
        var distance = 1
        while distance < count {
            let (first, second) = halves(slices, part)
            part = rank & distance == 0 ? first : second
            distance *= 2
        }
        return part
    }

    /// Goes from the whole to the own slices, pair by pair.
    ///
    /// - Parameter body: gets the partner, and what it keeps and this process keeps.
    private func forEachLevel(_ body: (_ partner: Int, _ theirs: Range<Int>, _ ours: Range<Int>) -> Void) {
        var (part, distance) = (slices.indices.lowerBound..<slices.indices.upperBound, 1)
        while distance < communicator.count {
            let (first, second) = Self.halves(slices, part)
            let keepsFirst = communicator.rank & distance == 0
            body(communicator.rank ^ distance, keepsFirst ? second : first, keepsFirst ? first : second)
            part = keepsFirst ? first : second
            distance *= 2
        }
    }

    /// The elements of some slices from an element on.
    private func elements(_ part: Range<Int>, from first: Int = 0) -> Range<Int> {
        guard let lowest = part.first, let last = part.last else { return 0..<0 }
        let end = slices[last].upperBound
        return min(max(slices[lowest].lowerBound, first), end)..<end
    }

    // MARK: A step

    func add(gradient: Block<Float>, from first: Int, others: [Block<Float>], loss: inout Double) {
        forEachLevel { partner, theirs, ours in
            exchange(
                gradient.columns(elements(theirs, from: first)), partner,
                add: gradient.columns(elements(ours, from: first)))
        }
        for other in others { addAll(other) }
        addAll(&loss)
    }

    /// Sends a block and adds what comes to another.
    private func exchange(_ sent: Block<Float>, _ partner: Int, add target: Block<Float>) {
        let came = received.block(at: 0, rows: 1, columns: target.count)
        communicator.exchange(sent, with: partner, into: came)
        if target.count > 0 { ElementWise.add(came, to: target) }
    }

    /// The sum of a block over all processes, in each of them.
    private func addAll(_ block: Block<Float>) {
        precondition(block.isContiguous, "a sum with gaps")
        let row = block.reshaped(rows: 1, columns: block.count)
        var (part, distance) = (0..<block.count, 1)
        var parts: [(theirs: Range<Int>, ours: Range<Int>)] = []
        while distance < communicator.count {
            let middle = part.lowerBound + part.count / 2
            let halves = (part.lowerBound..<middle, middle..<part.upperBound)
            let keepsFirst = communicator.rank & distance == 0
            let (theirs, ours) = keepsFirst ? (halves.1, halves.0) : halves
            exchange(row.columns(theirs), communicator.rank ^ distance, add: row.columns(ours))
            parts.append((theirs, ours))
            part = ours
            distance *= 2
        }
        for (theirs, ours) in parts.reversed() {
            distance /= 2
            communicator.exchange(row.columns(ours), with: communicator.rank ^ distance, into: row.columns(theirs))
        }
    }

    private func addAll(_ value: inout Double) {
        var distance = 1
        while distance < communicator.count {
            losses[0, 0] = value
            communicator.exchange(
                losses.columns(0..<1), with: communicator.rank ^ distance, into: losses.columns(1..<2))
            value += losses[0, 1]
            distance *= 2
        }
    }

    /// The sums of squares of all slices, of which each process has made its own.
    ///
    /// - Parameter made: (1, own slices).
    func allSquares(_ made: Block<Double>) -> Block<Double> {
        squares.fill(0)
        if made.columns > 0 { squares.columns(own).assign(from: made) }
        var distance = 1
        while distance < communicator.count {
            communicator.exchange(squares, with: communicator.rank ^ distance, into: receivedSquares)
            // A sum with 0: each slice has one owner.
            for index in 0..<squares.columns { squares[0, index] += receivedSquares[0, index] }
            distance *= 2
        }
        return squares
    }

    /// Copies the own slices of a buffer of all parameters.
    func pack(_ whole: Block<Float>, into packed: Block<Float>) {
        for (entry, index) in zip(layout.entries, own) {
            packed.columns(entry.range).assign(from: whole.columns(slices[index]))
        }
    }

    /// Copies the own slices back, and those of all processes.
    func spread(_ packed: Block<Float>, to whole: Block<Float>) {
        for (entry, index) in zip(layout.entries, own) {
            whole.columns(slices[index]).assign(from: packed.columns(entry.range))
        }
        var levels: [(Int, Range<Int>, Range<Int>)] = []
        forEachLevel { levels.append(($0, $1, $2)) }
        for (partner, theirs, ours) in levels.reversed() {
            communicator.exchange(
                whole.columns(elements(ours)), with: partner, into: whole.columns(elements(theirs)))
        }
    }

    // MARK: Saved state

    /// A buffer of all parameters, from the packed slices of all processes.
    func whole(_ packed: Block<Float>, length: Int) -> [Float] {
        var whole = [Float](repeating: 0, count: length)
        for (rank, values) in communicator.gather(packed.array).enumerated() {
            var place = 0
            for index in Self.part(of: slices, rank: rank, count: communicator.count) {
                for (offset, element) in slices[index].enumerated() { whole[element] = values[place + offset] }
                place += (slices[index].count + 15) / 16 * 16
            }
        }
        return whole
    }

    /// The own slices of such a buffer.
    func packed(_ whole: [Float]) -> [Float] {
        var packed = [Float](repeating: 0, count: layout.length)
        for (entry, index) in zip(layout.entries, own) {
            packed.replaceSubrange(entry.range, with: whole[slices[index]])
        }
        return packed
    }

    /// Whether something holds in every process.
    func all(_ holds: Bool) -> Bool {
        communicator.gather([holds ? 1 : 0]).allSatisfy { $0 == [1] }
    }
}
