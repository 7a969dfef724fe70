/// The version of this library and its programs.
public enum RunicVersion {
    /// As `runic --version` prints it: major, minor and patch.
    public static let current = "0.1.0"
}
