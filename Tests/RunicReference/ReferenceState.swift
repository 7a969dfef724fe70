/// The state carried from a pass to the next: for each layer h, (B, R), and c, (B, H), which only an LSTM uses.
package struct ReferenceState: Sendable {
    package var hidden: [[Double]]
    package var cell: [[Double]]
}
