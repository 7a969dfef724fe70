internal import CRunicText

/// What the status of a C function says, for the end of an error message.
func reason(forStatus status: Int32) -> String {
    switch status {
    case RUNIC_OUT_OF_MEMORY: "memory is short"
    default: unsafe String(cString: runic_status_name(status))
    }
}
