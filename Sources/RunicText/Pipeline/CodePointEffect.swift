/// What a stage makes of a code point, whatever text it stands in.
public enum CodePointEffect: Sendable, Hashable {
    /// It may be changed, or what becomes of it depends on what stands beside it.
    case depends
    /// It is left as it is beside others of which the stage says `leaves` or `joins`; and what stands before it does not matter to
    /// it or to what follows, so that a text can be cut there.
    case leaves
    /// It is left as it is behind others of which the stage says `leaves` or `joins`, as long as combining classes other than 0
    /// do not fall within a row of them.
    case joins(combiningClass: UInt8)

    /// What two stages, one after the other, make of it.
    func followed(by next: CodePointEffect) -> CodePointEffect {
        switch (self, next) {
        case (.depends, _), (_, .depends): .depends
        case (.leaves, let other), (let other, .leaves): other
        case (.joins(let one), .joins(let other)): one == other ? self : .depends
        }
    }
}
