/// Tables of a page.
package enum PageTable {
    /// A table; the first row is its header.
    ///
    /// - Parameters:
    ///   - title: what the table shows, for screen readers.
    ///   - names: how many columns, from the left, hold words.
    package static func markup(_ rows: [[String]], title: String, names: Int) -> String {
        let markup = rows.enumerated().map { number, cells in
            let tag = number == 0 ? "th" : "td"
            return "<tr>"
                + cells.enumerated().map { column, cell in
                    "<\(tag)\(number == 0 ? " scope=\"col\"" : "")\(column < names ? " class=\"name\"" : "")>"
                        + "\(MarkupText.escaped(cell))</\(tag)>"
                }.joined() + "</tr>"
        }
        return scrolling("<table>\n\(markup.joined(separator: "\n"))\n</table>", title: title)
    }

    /// A table within a frame that scrolls where the page is narrower, also by the keyboard.
    package static func scrolling(_ table: String, title: String) -> String {
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(MarkupText.escaped(title))\">\(table)</div>"
    }
}
