/// The style sheets of pages: files in `Resources`, which the build embeds in the program.
package enum PageStyle {
    /// Colours on a light or a dark ground, fonts and facts, for every page.
    package static let common = String(embedded: PackageResources.page_css)

    /// ``common`` and what pages of plots and tables add.
    package static let plots = common + "\n" + String(embedded: PackageResources.plots_css)
}

extension String {
    /// The text of an embedded UTF-8 file without its last line feed.
    package init(embedded file: [UInt8]) {
        self.init(decoding: file.last == UInt8(ascii: "\n") ? file.dropLast() : file[...], as: UTF8.self)
    }
}
