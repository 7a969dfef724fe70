package import RunicText

/// What is asked about a text.
package struct InspectionOptions: Sendable {
    /// How bytes become symbols; invalid bytes are replaced, whatever it says.
    package var pipeline = PipelineDescription()
    /// Shares for training, validation and test.
    package var split = [0.9, 0.05, 0.05]
    /// Into how many streams the text is cut first.
    package var streams = 1
    /// What stands between two documents; nil: an empty line.
    package var documentSeparator: String?
    /// Whether training steps are run to find out how long training would take.
    package var estimates = true
    /// Worker threads of those steps.
    package var threads = 2
    /// How many rows the table of symbols has at the most.
    package var symbols = 20

    package init() {}
}
