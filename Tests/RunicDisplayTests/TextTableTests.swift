import RunicDisplay
import Testing

@Suite("Tables on a terminal")
struct TextTableTests {
    private func table(_ last: TextTable.Alignment) -> TextTable {
        var table = TextTable(alignments: [.left, .right, last])
        table.add(["name", "5", "some words that explain what this is"])
        table.add(["猫", "1234", "more"])
        return table
    }

    @Test("Without a limit every column is as wide as its widest cell, in columns of a terminal")
    func unlimited() {
        let text = "name     5  some words that explain what this is\n猫    1234  more\n"
        #expect(table(.prose).text == text)
        #expect(table(.prose).text(columns: 48) == text)
    }

    @Test("Prose goes on in its own column, and a preview is shortened")
    func narrow() {
        #expect(
            table(.prose).text(columns: 34) == """
                name     5  some words that
                            explain what this is
                猫    1234  more

                """)
        #expect(
            table(.preview).text(columns: 34) == """
                name     5  some words that expla…
                猫    1234  more

                """)
    }

    private var figures: TextTable {
        var table = TextTable(alignments: [.left, .right, .right, .right], followers: [3])
        table.add(["", "", "test"])
        table.add(["cell", "size", "nats", "bits"])
        table.add(["gru", "12", "1.25", "1.80"])
        return table
    }

    @Test("A table that is too wide is divided; each part has the labels, and columns of one heading stay together")
    func divided() {
        #expect(figures.text(columns: 22) == figures.text)
        #expect(
            figures.text(columns: 18) == """
                cell  size
                gru     12

                      test
                cell  nats  bits
                gru   1.25  1.80

                """)
    }

    @Test("Prose that has a part of a divided table goes on in its column there too")
    func dividedProse() {
        #expect(
            table(.prose).text(columns: 22) == """
                name     5
                猫    1234

                name  some words that
                      explain what
                      this is
                猫    more

                """)
    }

    @Test("A part of a divided table is at least one column, however narrow the terminal is")
    func narrowest() {
        #expect(figures.text(columns: 1).split(separator: "\n").map(\.count).max() == 16)
    }

    @Test("Every line begins with the indent, and none ends with a space")
    func indent() {
        var table = TextTable(alignments: [.left, .left], indent: "  ")
        table.add(["a", "b"])
        table.add(["long", ""])
        #expect(table.text == "  a     b\n  long\n")
    }
}

@Suite("A line that is rewritten in place")
struct StatusLineTests {
    private var line: StatusLine {
        var line = StatusLine("lstm seed 1")
        line.add("epoch 0.50", rank: 1)
        line.add("train 1.234", rank: 2)
        line.add("12.3k symbols/s", rank: 3)
        line.add("1:05 left", rank: 1)
        line.add("", rank: 0)
        return line
    }

    @Test("Parts that do not fit are left out whole, the least important first")
    func parts() {
        #expect(line.text() == "lstm seed 1  epoch 0.50  train 1.234  12.3k symbols/s  1:05 left")
        #expect(line.text(columns: 64) == line.text())
        #expect(line.text(columns: 63) == "lstm seed 1  epoch 0.50  train 1.234  1:05 left")
        #expect(line.text(columns: 40) == "lstm seed 1  epoch 0.50  1:05 left")
        #expect(line.text(columns: 30) == "lstm seed 1  epoch 0.50")
        #expect(line.text(columns: 8) == "lstm se…")
    }

    @Test("Columns are counted, not characters")
    func wide() {
        #expect(StatusLine("猫猫猫猫.txt").text(columns: 7) == "猫猫猫…")
    }
}
