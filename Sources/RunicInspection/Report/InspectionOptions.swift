package import RunicText

/// The options of an inspection.
package struct InspectionOptions: Sendable {
    /// How bytes become symbols; invalid bytes are always replaced.
    package var pipeline = PipelineDescription()
    /// How training would make the vocabulary; the report counts all symbols.
    package var vocabulary = VocabularyOptions()
    /// Which files of folders are read.
    package var files = FileFilter()
    /// Fractions for training, validation and test.
    package var split = [0.9, 0.05, 0.05]
    /// How many streams the text is divided into first.
    package var streams = 1
    /// The text between two documents; nil: an empty line.
    package var documentSeparator: String?
    /// Whether training steps are run to find out how long training would take.
    package var estimates = true
    /// Worker threads of those steps.
    package var threads = 2
    /// The most rows of the table of symbols.
    package var symbols = 20

    package init() {}
}
