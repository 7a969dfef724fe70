/// An HTML file that holds all it needs.
package enum PageDocument {
    /// A page; its policy forbids the browser to fetch anything.
    ///
    /// - Parameters:
    ///   - body: markup.
    ///   - data: JSON of ``PageJSON``, which scripts find in the element `data`.
    ///   - scripts: one script, in several texts.
    package static func assemble(
        title: String, style: String, body: String, data: String, scripts: [String]
    ) -> String {
        document(
            title: title, style: style,
            policy: "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
            body: """
                \(body)
                <script type="application/json" id="data">\(data)</script>
                <script>
                "use strict";
                (() => {
                \(scripts.joined(separator: "\n"))
                })();
                </script>
                """)
    }

    /// A page of text, tables and plots, which tell their values.
    ///
    /// - Parameters:
    ///   - body: markup, with the ``LinePlot/markup(_:)`` of every plot.
    ///   - plots: the plots in the order of their numbers.
    package static func assemble(title: String, style: String, body: String, plots: [LinePlot]) -> String {
        assemble(
            title: title, style: style, body: body, data: "[\(plots.map(\.numbers).joined(separator: ",\n"))]",
            scripts: PageScript.plots)
    }

    private static func document(title: String, style: String, policy: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="runic">
        <meta http-equiv="Content-Security-Policy" content="\(policy); base-uri 'none'; form-action 'none'">
        <title>\(MarkupText.escaped(title))</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}
