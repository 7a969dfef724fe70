/// What a pass carries over to the next one: for each layer h, (B, R), and c, (B, H); c is used by the LSTM only.
package struct ReferenceState: Sendable {
    package var hidden: [[Double]]
    package var cell: [[Double]]
}
