internal import RunicFiles
internal import RunicText

extension CorpusFetch {
    /// Unpacks and checks the download.
    ///
    /// - Returns: the path of the text, its size in bytes and its SHA-256.
    func text(
        of part: OpenFile, _ watch: (CorpusProgress) -> Void, _ isStopped: () -> Bool
    ) throws(CorpusError) -> (path: String, byteCount: Int, sha256: String) {
        let beginning = try CorpusError.wrappingErrors { () throws(FileError) in
            try part.seek(to: 0)
            return try part.read(limit: 4)
        }
        let isZip = corpus.archiveByteCount != nil && beginning == ZipMember.magic
        let (byteCount, sha256): (Int, String)
        if isZip {
            (byteCount, sha256) = try unpack(part, watch, isStopped)
        } else {
            watch(.checking)
            (byteCount, sha256) = try CorpusError.wrapping(Self.measure(part))
        }
        if !sizes.isEmpty, byteCount != corpus.byteCount {
            throw .size(address: address, expected: [corpus.byteCount], found: byteCount)
        }
        if let expectedHash, sha256 != expectedHash {
            throw .hash(address: address, expected: expectedHash, found: sha256)
        }
        return (isZip ? unpackedPath : part.path, byteCount, sha256)
    }

    private func unpack(
        _ part: OpenFile, _ watch: (CorpusProgress) -> Void, _ isStopped: () -> Bool
    ) throws(CorpusError) -> (byteCount: Int, sha256: String) {
        let target = try CorpusError.wrapping(OpenFile(unpackedPath, for: .updating, followsLinks: false))
        var hash = SHA256()
        var byteCount = 0
        do throws(CorpusError) {
            try CorpusError.wrapping(target.truncate(to: 0))
            var member = ZipMember(part, address: address)
            let limit = sizes.isEmpty ? Self.ceiling(corpus) : corpus.byteCount
            try member.unpack { (bytes) throws(CorpusError) in
                byteCount += bytes.count
                guard byteCount <= limit else {
                    throw CorpusError.size(address: address, expected: [limit], found: nil)
                }
                hash.update(bytes.span)
                try CorpusError.wrapping(target.write(bytes))
                watch(.unpacked(byteCount, total: corpus.byteCount))
                if isStopped() { throw CorpusError.stopped(kept: try CorpusError.wrapping(part.byteCount())) }
            }
            try CorpusError.wrapping(target.sync())
        } catch {
            try? FilePath.remove(unpackedPath)
            throw error
        }
        return (byteCount, hash.hexadecimalDigest)
    }

    /// The size of a file in bytes, and its SHA-256.
    static func measure(_ file: OpenFile) throws(FileError) -> (byteCount: Int, sha256: String) {
        try file.seek(to: 0)
        var hash = SHA256()
        var byteCount = 0
        while true {
            let bytes = try file.read()
            guard !bytes.isEmpty else { return (byteCount, hash.hexadecimalDigest) }
            hash.update(bytes.span)
            byteCount += bytes.count
        }
    }
}
