import Runic
import RunicArchive

/// The archive reader: frame, tensor table, metadata.
enum ArchiveTarget {
    /// Enough for any input, and far less than the memory that the fuzzer allows.
    private static let limit = 1 << 24

    /// The first byte says what the others are: `f`, the file; anything else, a header of safetensors up to the first NUL
    /// and the data after it. Its length is added and it is packed, so that it passes the checksums.
    @Sendable static func check(_ input: [UInt8]) throws {
        guard let kind = input.first else { return }
        let rest = Array(input.dropFirst())
        try check(file: kind == UInt8(ascii: "f") ? rest : try packed(rest))
    }

    /// An archive's file around a header and data.
    private static func packed(_ input: [UInt8]) throws -> [UInt8] {
        let (header, data) = input.halves(at: 0)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * UInt64($0))) }
        return try unsafe LZ4Frame.compress((length + header + data).span.bytes, path: "fuzz")
    }

    private static func check(file: [UInt8]) throws {
        guard let archive = try? Archive(bytes: file, limit: limit, path: "fuzz") else { return }
        try checkRoundTrip(archive)
        _ = ArchiveInspection(archive).rendered(columns: 40)
        _ = try? ArchiveVerification(archive)
        for tensor in archive.tensors {
            if let floats = try? tensor.floats() {
                try claim(floats.count == tensor.elementCount, "\(tensor.name) has \(floats.count) numbers")
            }
            _ = tensor.firstNonFiniteIndex
        }
        _ = try? TextModel(archive: archive, threads: 1)
    }

    /// Writing what was read and reading that gives the same archive, and the same bytes.
    static func checkRoundTrip(_ archive: Archive) throws {
        let written = try archive.encoded()
        let again = try Archive(bytes: written, limit: limit, path: "fuzz")
        try claim(again.metadata == archive.metadata, "other metadata after writing")
        try claim(again.tensors.count == archive.tensors.count, "another number of tensors after writing")
        for (left, right) in zip(archive.tensors, again.tensors) {
            let isSame = left.name == right.name && left.shape == right.shape && left.elementType == right.elementType
            try claim(isSame && bytes(of: left) == bytes(of: right), "another tensor after writing: \(left.name)")
        }
        try claim(try again.encoded() == written, "other bytes when written again")
    }

    private static func bytes(of tensor: ArchiveTensor) -> [UInt8] {
        tensor.withBytes { unsafe $0.withUnsafeBytes { unsafe [UInt8]($0) } }
    }
}
