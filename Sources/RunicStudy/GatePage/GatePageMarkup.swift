internal import RunicPage

/// The elements of a page of gates, its style and the scripts that fill it.
enum GatePageMarkup {
    /// The rules that a page of gates adds to those of every page.
    static let style = String(embedded: PackageResources.gates_css)

    /// The scripts in their order; they share one scope.
    static let scripts =
        PageScript.common
        + [
            PackageResources.numbers_js, PackageResources.data_js, PackageResources.text_js, PackageResources.panels_js,
            PackageResources.charts_js, PackageResources.statistics_js, PackageResources.start_js,
        ].map { String(embedded: $0) }

    /// - Parameters:
    ///   - facts: names and values about model and text.
    ///   - note: what the page leaves out.
    static func body(title: String, facts: [(name: String, value: String)], note: String?) -> String {
        let rows = facts.map {
            "<div><dt>\(MarkupText.escaped($0.name))</dt><dd><bdi>\(MarkupText.escaped($0.value))</bdi></dd></div>"
        }.joined(separator: "\n")
        let left = note.map { "<p class=\"left-out\">\(MarkupText.escaped(sentence($0)))</p>" } ?? ""
        return """
            <a class="skip" href="#text">To the text</a>
            <header>
            <h1>\(MarkupText.escaped(title))</h1>
            <dl class="facts">
            \(rows)
            </dl>
            \(left)
            <noscript><p class="left-out">This page needs JavaScript; its script is part of the page.</p></noscript>
            </header>
            <main>
            \(reader)
            \(statistics)
            </main>
            \(end)
            """
    }

    private static func sentence(_ text: String) -> String {
        (text.first.map { String($0).uppercased() } ?? "") + text.dropFirst() + "."
    }

    private static let reader = """
        <div class="columns">
        <div id="reader">
        <div class="bar" role="toolbar" aria-label="What the colours show">
        <div class="control"><span class="label" id="layers-label">Layer</span>
        <div id="layers" class="buttons" role="group" aria-labelledby="layers-label"></div></div>
        <div class="control"><label class="label" for="unit">Unit</label>
        <div class="buttons"><button type="button" id="previous" aria-label="Previous unit">←</button>
        <select id="unit"></select>
        <button type="button" id="next" aria-label="Next unit">→</button></div></div>
        <div id="legend" class="legend"></div>
        <div class="control wide"><span class="label" id="series-label">Coloured by</span>
        <div id="series" class="buttons" role="group" aria-labelledby="series-label"></div></div>
        </div>
        <p id="about" class="about" aria-live="polite"></p>
        <div class="charts">
        <figure><figcaption id="unit-caption"></figcaption>
        <canvas id="unit-chart" aria-labelledby="unit-caption"></canvas></figure>
        <figure><figcaption id="surprise-caption">Surprisal over the text</figcaption>
        <canvas id="surprise-chart" aria-labelledby="surprise-caption"></canvas></figure>
        </div>
        <div id="text" class="text" tabindex="0" role="region" translate="no"
        aria-label="The text, each symbol in its colour. Comma and full stop move between symbols."></div>
        <section class="closeup" aria-labelledby="closeup-title">
        <h2 id="closeup-title">Symbol by symbol</h2>
        <p class="hint" id="closeup-hint"></p>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="closeup-title"><table id="closeup"></table></div>
        </section>
        </div>
        <section class="finder" aria-labelledby="finder-title">
        <h2 id="finder-title">Units that follow a feature</h2>
        <p class="hint">Each unit’s <span id="state-name"></span> was compared with features that a person sees in the \
        text. r is the correlation over the measured text. AUC is how well the unit separates places with the feature \
        from the others (0.5: not at all; 0 or 1: perfectly). The bar is the smaller |r| of the text’s two halves. \
        Select a unit to see it.</p>
        <div id="finder"></div>
        </section>
        </div>
        <div id="card" class="card" role="tooltip" hidden></div>
        <p id="spoken" class="spoken" aria-live="polite"></p>
        """

    private static let statistics = """
        <section class="statistics" aria-labelledby="statistics-title">
        <h2 id="statistics-title">All units of each layer</h2>
        <p class="hint">How often each value occurs, over all units and measured symbols. A gate below 0.1 is closed; above \
        0.9 it is open. A unit whose gates are mostly closed or mostly open works like a switch. Each dot in a square is \
        a unit: its horizontal position is the fraction of symbols at which the gate is closed, its vertical position the \
        fraction at which it is open (Karpathy, Johnson and Li 2015). A unit that keeps a fraction f̄ of its state at each \
        symbol has 1/e of it left after −1 / ln f̄ symbols.</p>
        <div id="statistics"></div>
        </section>
        """

    private static let end = """
        <footer>
        <p><kbd>←</kbd> <kbd>→</kbd> unit · <kbd>↑</kbd> <kbd>↓</kbd> layer · <kbd>1</kbd>…<kbd>9</kbd> colours · \
        <kbd>,</kbd> <kbd>.</kbd> symbol · <kbd>Esc</kbd> clear. A chart that is \
        selected has the arrow keys for itself: they read its values. The address holds the current view.</p>
        <p>Written by <code>runic study gates</code>. The page needs no network.</p>
        </footer>
        """
}
