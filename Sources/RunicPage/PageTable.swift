/// Tables of a page.
package enum PageTable {
    /// A table; the first row is its header.
    ///
    /// - Parameter names: how many columns, from the left, hold words.
    package static func markup(_ rows: [[String]], names: Int) -> String {
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
