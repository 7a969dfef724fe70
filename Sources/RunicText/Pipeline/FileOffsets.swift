/// Where bytes of staged text lie in their file: follows the edits of stages, as tracing does.
package final class FileOffsets {
    private var tracks: [EditTrack]

    /// - Parameter stages: the number of stages between the file and the text.
    package init(stages: Int) { tracks = Array(repeating: EditTrack(), count: stages) }

    /// Adds the edits of all stages for the next bytes of the file.
    package func follow(_ edits: [EditList]) {
        for (index, list) in edits.enumerated() { tracks[index].append(list) }
    }

    /// The offset in the file of what became the byte at a position of the text.
    ///
    /// - Complexity: logarithmic in the edits since the position that was last forgotten.
    package func offset(of position: Int) -> Int {
        tracks.reversed().reduce(position..<position + 1) { $1.source(of: $0) }.lowerBound
    }

    /// Forgets all before a position of the text.
    package func forget(before position: Int) {
        var rest = position..<position
        for index in tracks.indices.reversed() {
            let source = tracks[index].source(of: rest)
            tracks[index].forget(before: rest.lowerBound)
            rest = source
        }
    }
}
