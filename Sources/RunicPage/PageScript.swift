/// The scripts that pages share: files in `Resources`, which the build embeds in the program.
package enum PageScript {
    /// Elements of a page, and charts that tell their values to a pointer, a finger and the keyboard.
    package static let common = [PackageResources.page_js, PackageResources.hover_js].map { String(embedded: $0) }

    /// ``common`` and what lets a ``LinePlot`` tell its values.
    package static let plots = common + [String(embedded: PackageResources.plots_js)]
}
