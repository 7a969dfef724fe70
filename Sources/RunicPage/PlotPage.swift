/// What pages of plots and tables are made of.
package enum PlotPage {
    package static let style = PageStyle.text + "\n" + ownStyle

    private static let ownStyle = #"""
        body { max-width: 66rem; }
        section { margin: 1.75rem 0; }
        .plots { display: grid; gap: 1rem; margin: 1rem 0; }
        .plot { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: .75rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); text-align: end; white-space: nowrap; }
        th { color: var(--quiet); font-weight: 400; }
        th.name, td.name { text-align: start; }
        p, li { max-width: 46rem; }
        footer { margin-top: 2rem; color: var(--quiet); font-size: .875rem; }
        """#

    /// A table; the first row is its header.
    ///
    /// - Parameter names: how many columns, from the left, hold words.
    package static func table(_ rows: [[String]], names: Int) -> String {
        let markup = rows.enumerated().map { number, cells in
            let tag = number == 0 ? "th" : "td"
            return "<tr>"
                + cells.enumerated().map { column, cell in
                    "<\(tag)\(column < names ? " class=\"name\"" : "")>\(MarkupText.escaped(cell))</\(tag)>"
                }.joined() + "</tr>"
        }
        return "<div class=\"scroll\"><table>\n\(markup.joined(separator: "\n"))\n</table></div>"
    }
}
