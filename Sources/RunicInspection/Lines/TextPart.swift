/// A part of a text that is cut for training.
package enum TextPart: Int, CaseIterable, Sendable {
    case training, validation, test
}
