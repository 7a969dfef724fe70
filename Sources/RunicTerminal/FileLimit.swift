internal import CRunicEdit

/// The limit that the system sets on the size of files (`ulimit -f`).
public enum FileLimit {
    /// Lets a write beyond the limit fail with an error that can be told, as a full disk does, instead of ending the process.
    public static func reportAsError() { runic_file_limit_is_error() }
}
