internal import RunicKernels

/// The machine that this program runs on.
public enum RunicMachine {
    /// Whether bfloat16 products run in hardware.
    public static var hasBFloat16: Bool { ProcessorInformation.hasBFloat16 }
    /// The instruction set of the element-wise loops.
    public static var instructionSet: String { ProcessorInformation.instructionSet }
    /// oneDNN's version.
    public static var productLibraryVersion: String { ProcessorInformation.productLibraryVersion }
    /// Processors available to this process.
    public static var processors: Int { ProcessorInformation.count }
}
