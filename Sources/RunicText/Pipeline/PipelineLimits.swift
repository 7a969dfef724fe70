internal import RunicDisplay

/// Limits on pipelines, which come from files too: far above what texts need, and low enough that no pipeline takes long to
/// make or much memory to run.
package enum PipelineLimits {
    /// Most stages.
    package static let stages = 64
    /// Most bytes of the value of an option.
    package static let optionBytes = 1 << 16
    /// Most bytes of the options of all stages.
    package static let allOptionBytes = 1 << 18
    /// Most properties, such as `[:L:]`, `\p{Greek}` and `\N{SPACE}`, in the options of all stages; ICU looks for the code
    /// points of each.
    package static let properties = 256
    /// Most opening parentheses and square brackets in the options of all stages: groups and sets, which ICU prepares.
    package static let brackets = 512
    /// Most transforms of ICU that the stages name.
    package static let transforms = 64

    /// A stage may put out so many bytes for each byte that the pipeline takes, and ``freeOutput`` in addition.
    ///
    /// The longest known to be of use is the transform `Any-Name`, which makes 30 bytes of one.
    package static let growth = 32
    /// Bytes that a stage may put out whatever it is given.
    package static let freeOutput = 1 << 20
    /// Most unused bytes of output that a stage may save up for what follows.
    package static let mostSaved = 32 << 20

    /// Why a stage is stopped that puts out more.
    static let tooMuchOutput =
        "it makes more than \(growth) bytes of text for each byte that it is given; use options that make less"

    /// Checks a pipeline before any of its stages is made.
    ///
    /// - Throws: `TextError.pipelineTooLarge`.
    /// - Complexity: O(bytes of the options).
    package static func check(_ stages: [StageDescription]) throws(TextError) {
        guard stages.count <= Self.stages else {
            throw .pipelineTooLarge(reason: "it has \(stages.count) stages; the limit is \(Self.stages)")
        }
        var (bytes, total) = (0, Parts())
        for stage in stages {
            for (option, value) in stage.options {
                guard value.utf8.count <= optionBytes, option.utf8.count <= optionBytes else {
                    throw .pipelineTooLarge(
                        reason: "an option of the stage '\(stage.name.shortened(to: 40))' has "
                            + "\(max(value.utf8.count, option.utf8.count)) bytes; the limit is \(optionBytes)")
                }
                bytes += value.utf8.count + option.utf8.count
                total.count(value.utf8)
            }
            guard stage.name == StageDefinition.transliterate.name else { continue }
            if let id = stage.options["id"] { total.transforms += TransformLimits.transformCount(ofID: id) }
            if let rules = stage.options["rules"] { total.transforms += TransformLimits.transformCount(ofRules: rules) }
        }
        guard bytes <= allOptionBytes else {
            throw .pipelineTooLarge(
                reason: "the options of its stages have \(bytes) bytes; the limit is \(allOptionBytes)")
        }
        for (count, limit, name) in [
            (total.properties, properties, "properties, such as [:L:]"), (total.brackets, brackets, "groups and sets"),
            (total.transforms, transforms, "transforms"),
        ] where count > limit {
            throw .pipelineTooLarge(reason: "its stages have \(count) \(name); the limit is \(limit)")
        }
    }
}

/// What the options of stages have ICU prepare.
private struct Parts {
    var properties = 0
    var brackets = 0
    var transforms = 0

    mutating func count(_ value: String.UTF8View) {
        var previous: UInt8 = 0
        for byte in value {
            switch (previous, byte) {
            case (UInt8(ascii: "["), UInt8(ascii: ":")), (UInt8(ascii: "\\"), UInt8(ascii: "p")),
                (UInt8(ascii: "\\"), UInt8(ascii: "P")), (UInt8(ascii: "\\"), UInt8(ascii: "N")):
                properties += 1
            default: break
            }
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") { brackets += 1 }
            previous = byte
        }
    }
}
