internal import CRunicLZ4

/// Reads one LZ4 frame block by block, so an error can give the offset of the damaged block.
@safe struct LZ4FrameReader: ~Copyable {
    /// The offset of the content size in a frame: after the magic number and two bytes of flags.
    static let contentSizeOffset = 6

    /// The declared size of the content in bytes.
    let contentSize: UInt64

    private static let flagsOffset = 4
    private static let checksumSize = 4
    private static let blockHeaderSize = 4
    private static let advice = "the file is damaged; copy or download it again"

    private let bytes: UnsafeRawBufferPointer
    private let path: String
    private let context: OpaquePointer
    private let largestBlock: Int
    private var position: Int

    /// Reads the frame's header and checks that it has all that an archive needs.
    ///
    /// - Throws: `ArchiveError.notAnArchive` or `.damaged`.
    init(bytes: UnsafeRawBufferPointer, path: String) throws(ArchiveError) {
        guard unsafe bytes.starts(with: LZ4Frame.magic) else {
            let reason = unsafe bytes.isEmpty ? "it is empty" : "it does not begin with an LZ4 frame"
            throw .notAnArchive(path: path, reason: reason)
        }
        let headerSize = unsafe bytes.count < LZ4F_HEADER_SIZE_MIN ? Int(LZ4F_HEADER_SIZE_MIN) : Self.headerSize(bytes)
        guard LZ4F_isError(headerSize) == 0 else {
            throw Self.damage(path, at: Self.flagsOffset, LZ4Frame.errorName(headerSize))
        }
        guard headerSize <= bytes.count else {
            throw Self.truncation(path, at: bytes.count)
        }
        var created: OpaquePointer?
        let status = unsafe LZ4F_createDecompressionContext(&created, UInt32(LZ4F_VERSION))
        guard LZ4F_isError(status) == 0, let context = unsafe created else {
            throw .file(path: path, problem: "cannot be unpacked: LZ4 reports \(LZ4Frame.errorName(status))")
        }
        var frame = LZ4F_frameInfo_t()
        var consumed = headerSize
        let hint = unsafe LZ4F_getFrameInfo(context, &frame, bytes.baseAddress, &consumed)
        do throws(ArchiveError) {
            guard LZ4F_isError(hint) == 0 else {
                throw Self.damage(path, at: Self.flagsOffset, LZ4Frame.errorName(hint))
            }
            try unsafe Self.checkFlags(bytes[Self.flagsOffset], path: path)
        } catch {
            unsafe LZ4F_freeDecompressionContext(context)
            throw error
        }
        unsafe self.bytes = bytes
        self.path = path
        unsafe self.context = context
        contentSize = frame.contentSize
        largestBlock = 1 << (8 + 2 * Int(frame.blockSizeID.rawValue))
        position = headerSize
    }

    deinit {
        unsafe LZ4F_freeDecompressionContext(context)
    }

    /// Unpacks every block into `target` and verifies every checksum, and that nothing is missing or follows.
    ///
    /// - Throws: `ArchiveError.damaged` with the offset of the block.
    mutating func readBlocks(into target: UnsafeMutableRawBufferPointer) throws(ArchiveError) {
        var written = 0
        while true {
            let blockSize = try blockSize()
            let part = Self.blockHeaderSize + blockSize + Self.checksumSize
            guard unsafe part <= bytes.count - position else { throw unsafe Self.truncation(path, at: bytes.count) }
            let hint = try unsafe unpack(part, into: target, written: &written)
            if blockSize == 0 {
                guard hint == 0, written == target.count else {
                    throw Self.damage(path, at: position, "the content ends after \(written) bytes")
                }
                position += part
                break
            }
            position += part
        }
        let rest = unsafe bytes.count - position
        guard rest == 0 else {
            throw Self.damage(path, at: position, "\(rest) bytes follow the end of the frame")
        }
    }

    /// The size in bytes of the data of the block at `position`; zero at the end mark of the frame.
    private func blockSize() throws(ArchiveError) -> Int {
        guard unsafe Self.blockHeaderSize <= bytes.count - position else {
            throw unsafe Self.truncation(path, at: bytes.count)
        }
        let field = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
        let size = Int(field & 0x7FFF_FFFF)
        guard size <= largestBlock, field == 0 || size > 0 else {
            throw Self.damage(path, at: position, "a block of \(size) bytes is not possible here")
        }
        return size
    }

    /// Passes `count` bytes from `position` on to the decompressor and returns its last hint.
    private func unpack(
        _ count: Int, into target: UnsafeMutableRawBufferPointer, written: inout Int
    ) throws(ArchiveError) -> Int {
        var fed = 0
        var hint = 0
        var options = LZ4F_decompressOptions_t()
        options.stableDst = 1
        while fed < count {
            var consumed = count - fed
            var produced = target.count - written
            hint = unsafe LZ4F_decompress(
                context, target.baseAddress.map { unsafe $0 + written }, &produced,
                bytes.baseAddress.map { unsafe $0 + position + fed }, &consumed, &options)
            guard LZ4F_isError(hint) == 0 else { throw Self.damage(path, at: position, LZ4Frame.errorName(hint)) }
            guard consumed > 0 || produced > 0 else {
                throw Self.damage(
                    path, at: position, "there is more content than the declared \(target.count) bytes")
            }
            fed += consumed
            written += produced
        }
        return hint
    }

    private static func headerSize(_ bytes: UnsafeRawBufferPointer) -> Int {
        unsafe LZ4F_headerSize(bytes.baseAddress, bytes.count)
    }

    private static func checkFlags(_ flags: UInt8, path: String) throws(ArchiveError) {
        let required: [(bit: UInt8, name: String)] = [
            (0x10, "block checksums"), (0x08, "the content size"), (0x04, "a content checksum"),
        ]
        for (bit, name) in required where flags & bit == 0 {
            throw .damaged(
                path: path, layer: .file, offset: flagsOffset,
                reason: "the LZ4 frame lacks \(name); pack it again with: lz4 -BX --content-size")
        }
        guard flags & 0x01 == 0 else {
            throw .damaged(
                path: path, layer: .file, offset: flagsOffset,
                reason: "the LZ4 frame needs a dictionary, which an archive must not")
        }
    }

    private static func damage(_ path: String, at offset: Int, _ reason: String) -> ArchiveError {
        .damaged(path: path, layer: .file, offset: offset, reason: "\(reason): \(advice)")
    }

    private static func truncation(_ path: String, at offset: Int) -> ArchiveError {
        damage(path, at: offset, "the file ends inside the LZ4 frame")
    }
}
