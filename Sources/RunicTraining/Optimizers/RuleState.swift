/// What an optimizer remembers in single numbers; it goes back to a good point together with the parameters.
package struct RuleState: Sendable, Hashable, Codable {
    /// Updates behind the parameters.
    package var updates = 0

    package init() {}
}
