internal import RunicFiles

/// Reads lines of any bytes from an input that is not a terminal; a line of more than ``lineSizeLimit`` bytes ends it.
///
/// A line ends with LF or CR LF, the last one also at the end of the input. Invalid UTF-8 becomes U+FFFD; a byte order mark
/// at the very beginning is dropped. Prompts are not shown.
public struct PipeLineReader: LineReader {
    /// False: nobody sees prompts.
    public var isInteractive: Bool { false }

    /// The most bytes of a line: an input may never end it.
    public static let lineSizeLimit = 1 << 20

    /// Why reading failed, in one line; nil if it did not.
    public private(set) var failure: String?

    private let input: Descriptor
    private let interrupt: InterruptFlag
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var start = 0
    private var end = 0
    private var isAtBeginning = true

    /// Creates a reader of standard input; a requested interrupt ends the reading.
    public init(interrupt: InterruptFlag = .signals) {
        self.init(descriptor: 0, interrupt: interrupt)
    }

    /// Creates a reader of an open file, given by its number.
    public init(descriptor: Int32, interrupt: InterruptFlag = .signals) {
        input = Descriptor(number: descriptor)
        self.interrupt = interrupt
    }

    /// Reads the next line.
    public mutating func readLine(prompt: String) -> LineReading {
        var line: [UInt8] = []
        while true {
            if interrupt.isRequested { return .interrupted }
            if let lineEnd = buffer[start..<end].firstIndex(of: UInt8(ascii: "\n")) {
                line += buffer[start..<lineEnd]
                start = lineEnd + 1
                return .line(text(of: line))
            }
            line += buffer[start..<end]
            guard line.count <= Self.lineSizeLimit else {
                failure = "standard input: a line has more than \(Self.lineSizeLimit) bytes; put line feeds into it"
                return .failed
            }
            start = 0
            end = 0
            let count: Int
            do throws(SystemError) {
                count = try input.read(into: &buffer)
            } catch {
                if error.isInterruption { continue }
                count = 0
            }
            if count == 0 { return line.isEmpty ? .end : .line(text(of: line)) }
            end = count
        }
    }

    private mutating func text(of line: [UInt8]) -> String {
        var line = line[...]
        if isAtBeginning, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        isAtBeginning = false
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return String(decoding: line, as: UTF8.self)
    }
}
