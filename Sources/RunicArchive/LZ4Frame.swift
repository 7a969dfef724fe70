internal import CRunicLZ4

/// Packs a whole buffer into one LZ4 frame, the format of the `lz4` program, and unpacks it.
///
/// Frames are written with content size, content checksum and block checksums, in independent blocks of 4 MiB, and
/// read only if they carry all three. See the frame format at
/// <https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md>.
package enum LZ4Frame {
    static let magic: [UInt8] = [0x04, 0x22, 0x4D, 0x18]

    /// Unpacking an LZ4 block multiplies its size by less than this: a byte of a match length encodes at most 255.
    private static let largestRatio: UInt64 = 255

    /// Content may be so many times as large as its frame, and ``freeContent`` bytes larger in addition.
    ///
    /// The numbers of a model hardly compress. A checkpoint before the first step has most zeros: four in five bytes.
    private static let likelyRatio: UInt64 = 16
    /// Bytes that a frame may unpack to whatever its size: metadata and small models compress well.
    private static let freeContent: UInt64 = 16 << 20

    /// One frame around `content`; the same content and library version give the same bytes.
    ///
    /// - Precondition: `content` is not empty, since a frame cannot state a content size of zero.
    /// - Throws: `ArchiveError.file` when the compressor fails.
    /// - Complexity: O(*n*) in the bytes.
    package static func compress(_ content: RawSpan, path: String) throws(ArchiveError) -> [UInt8] {
        precondition(!content.isEmpty, "an LZ4 frame cannot state the size of empty content")
        var preferences = LZ4F_preferences_t()
        preferences.frameInfo.blockSizeID = LZ4F_max4MB
        preferences.frameInfo.blockMode = LZ4F_blockIndependent
        preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
        preferences.frameInfo.blockChecksumFlag = LZ4F_blockChecksumEnabled
        preferences.frameInfo.contentSize = UInt64(content.byteCount)
        var status = 0
        let frame = unsafe content.withUnsafeBytes { source in
            let bound = unsafe LZ4F_compressFrameBound(source.count, &preferences)
            return unsafe [UInt8](unsafeUninitializedCapacity: bound) { target, count in
                status = unsafe LZ4F_compressFrame(
                    target.baseAddress, bound, source.baseAddress, source.count, &preferences)
                count = LZ4F_isError(status) == 0 ? status : 0
            }
        }
        guard LZ4F_isError(status) == 0 else {
            throw .file(path: path, problem: "cannot be compressed: LZ4 reports \(errorName(status))")
        }
        return frame
    }

    /// The content of `frame`, which is exactly one frame.
    ///
    /// Before memory is allocated, the declared content size is checked against `limit`, against the most that the bytes
    /// could unpack to, and against what a model could.
    ///
    /// - Throws: `ArchiveError.notAnArchive`, `.tooLarge` or `.damaged` with the offset of the broken part.
    /// - Complexity: O(*n*) in the bytes of the content.
    package static func decompress(
        _ frame: RawSpan, limit: Int, path: String
    ) throws(ArchiveError) -> ArchiveBuffer {
        try unsafe withTypedBytes(of: frame) { (bytes) throws(ArchiveError) in
            var reader = try unsafe LZ4FrameReader(bytes: bytes, path: path)
            let contentSize = reader.contentSize
            guard contentSize <= UInt64(max(0, limit)) else {
                throw .tooLarge(path: path, byteCount: contentSize, limit: limit)
            }
            guard contentSize <= largestRatio * UInt64(frame.byteCount) else {
                throw .damaged(
                    path: path, layer: .file, offset: LZ4FrameReader.contentSizeOffset,
                    reason: "the declared content size \(contentSize) cannot come from \(frame.byteCount) bytes")
            }
            guard contentSize <= freeContent + likelyRatio * UInt64(frame.byteCount) else {
                throw .damaged(
                    path: path, layer: .file, offset: LZ4FrameReader.contentSizeOffset,
                    reason: "the content of \(contentSize) bytes is more than \(likelyRatio) times the file's "
                        + "\(frame.byteCount); the numbers of a model do not compress so well")
            }
            return try unsafe ArchiveBuffer(byteCount: Int(contentSize), path: path) { (target) throws(ArchiveError) in
                try unsafe reader.readBlocks(into: target)
            }
        }
    }

    static func errorName(_ status: Int) -> String {
        unsafe String(cString: LZ4F_getErrorName(status))
    }

    /// `RawSpan.withUnsafeBytes` with a typed error.
    private static func withTypedBytes<Result>(
        of span: RawSpan, _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Result
    ) throws(ArchiveError) -> Result {
        try unsafe span.withUnsafeBytes(body)
    }
}
