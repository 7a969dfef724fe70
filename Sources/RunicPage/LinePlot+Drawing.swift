internal import Foundation

extension LinePlot {
    private static let (width, height) = (760.0, 400.0)
    private static let (left, right, top, bottom) = (64.0, 24.0, 34.0, 46.0)

    /// The image, with a legend below.
    package var svg: String {
        let identifier = "clip-" + String(title.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic })
        let legend = legendMarkup
        let total = Self.height + legend.height
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 \(Int(Self.width)) \(Int(total))\" "
                + "role=\"img\" aria-label=\"\(MarkupText.escaped(title))\">",
            "<style>\(PageStyle.linePlot)</style>",
            "<rect class=\"sheet\" width=\"\(Int(Self.width))\" height=\"\(Int(total))\"/>",
            "<clipPath id=\"\(identifier)\"><rect x=\"\(Self.text(Self.left))\" y=\"\(Self.text(Self.top - 2))\" "
                + "width=\"\(Self.text(Self.width - Self.left - Self.right))\" "
                + "height=\"\(Self.text(Self.height - Self.top - Self.bottom + 4))\"/></clipPath>",
            "<text class=\"title\" x=\"\(Self.text(Self.left))\" y=\"20\">\(MarkupText.escaped(title))</text>",
        ]
        parts += axes
        parts.append("<g clip-path=\"url(#\(identifier))\">")
        for level in levels {
            let place = Self.text(vertical(level.y))
            parts.append(
                "<path class=\"level\" d=\"M\(Self.text(Self.left)) \(place)H\(Self.text(Self.width - Self.right))\"/>"
                    + "<text class=\"quiet\" text-anchor=\"end\" x=\"\(Self.text(Self.width - Self.right - 4))\" "
                    + "y=\"\(Self.text(vertical(level.y) - 4))\">\(MarkupText.escaped(level.title))</text>")
        }
        parts += lines.map {
            "<path class=\"\(Self.classes($0))\" d=\"\(path($0))\"><title>\(MarkupText.escaped($0.title))</title></path>"
        }
        parts.append("</g>")
        return (parts + legend.parts + ["</svg>"]).joined(separator: "\n")
    }

    private static func classes(_ line: Line) -> String {
        "line c\(line.color % colorCount) d\(line.dash % dashCount)"
    }

    private var axes: [String] {
        let (low, high) = (Self.height - Self.bottom, Self.width - Self.right)
        var parts: [String] = []
        for mark in Self.marks(x) {
            let place = Self.text(horizontal(mark))
            parts.append(
                "<path class=\"grid\" d=\"M\(place) \(Self.text(Self.top))V\(Self.text(low))\"/>"
                    + "<text text-anchor=\"middle\" x=\"\(place)\" y=\"\(Self.text(low + 16))\">\(Self.label(mark, x))</text>"
            )
        }
        for mark in Self.marks(y) {
            let place = vertical(mark)
            parts.append(
                "<path class=\"grid\" d=\"M\(Self.text(Self.left)) \(Self.text(place))H\(Self.text(high))\"/>"
                    + "<text text-anchor=\"end\" x=\"\(Self.text(Self.left - 6))\" y=\"\(Self.text(place + 4))\">"
                    + "\(Self.label(mark, y))</text>")
        }
        let middle = Self.text((Self.top + low) / 2)
        parts.append(
            "<text class=\"quiet\" text-anchor=\"middle\" x=\"\(Self.text((Self.left + high) / 2))\" "
                + "y=\"\(Self.text(low + 36))\">\(MarkupText.escaped(x.title))</text>"
                + "<text class=\"quiet\" text-anchor=\"middle\" transform=\"rotate(-90 14 \(middle))\" x=\"14\" "
                + "y=\"\(middle)\">\(MarkupText.escaped(y.title))</text>")
        return parts
    }

    private func horizontal(_ value: Double) -> Double {
        Self.left + Self.place(value, x) * (Self.width - Self.left - Self.right)
    }

    /// Values far outside the range are clamped a little outside, so that lines leave the image at the right points.
    private func vertical(_ value: Double) -> Double {
        let place = min(max(Self.place(value, y), -1), 2)
        return Self.height - Self.bottom - place * (Self.height - Self.top - Self.bottom)
    }

    /// A line's path, without points less than a third of a unit to the right of the one before.
    private func path(_ line: Line) -> String {
        var path = ""
        var last = -Double.infinity
        for (index, point) in line.points.enumerated() {
            let place = horizontal(point.x)
            guard place - last >= 0.33 || index == line.points.count - 1 else { continue }
            path += "\(path.isEmpty ? "M" : "L")\(Self.text(place)) \(Self.text(vertical(point.y)))"
            last = place
        }
        return path
    }

    private var legendMarkup: (parts: [String], height: Double) {
        let columns = lines.contains { $0.title.count > 48 } ? 1 : 2
        let wide = (Self.width - Self.left - Self.right) / Double(columns)
        let parts = lines.enumerated().map { index, line in
            let (x, y) = (Self.left + Double(index % columns) * wide, Self.height + 12 + 20 * Double(index / columns))
            return "<path class=\"\(Self.classes(line))\" d=\"M\(Self.text(x)) \(Self.text(y - 4))h30\"/>"
                + "<text x=\"\(Self.text(x + 38))\" y=\"\(Self.text(y))\">\(MarkupText.escaped(line.title))</text>"
        }
        return (parts, 20 * Double((lines.count + columns - 1) / columns) + 8)
    }

    /// A length with one digit.
    private static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
