/// Places of a text, chosen by the symbols there: the same passage has the same places wherever it occurs (winnowing;
/// Schleimer, Wilkerson and Aiken 2003, doi 10.1145/872757.872770).
///
/// Every window of `window` places has one, the one whose `length` symbols have the smallest hash; so every passage of
/// `length` + `window` − 1 symbols has one.
struct Fingerprints {
    let length: Int
    let window: Int

    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C55

    /// Calls `body` with every chosen place and its hash, in order.
    ///
    /// - Complexity: O(symbols) expected.
    func forEach(of symbols: Span<UInt16>, _ body: (_ place: Int, _ hash: UInt64) -> Void) {
        let count = symbols.count - length + 1
        guard count >= 1 else { return }
        var leading: UInt64 = 1
        for _ in 0..<length { leading = leading &* Self.base }
        var rolling: UInt64 = 0
        for index in 0..<length { rolling = rolling &* Self.base &+ UInt64(symbols[index]) &+ 1 }
        // The hashes of the last places; place p is at p modulo the window.
        var recent = [UInt64](repeating: UInt64.max, count: window)
        var slot = 0
        var (chosen, smallest) = (-1, UInt64.max)
        for place in 0..<count {
            let hash = Self.mixed(rolling)
            recent[slot] = hash
            if hash < smallest || chosen < 0 {
                (chosen, smallest) = (place, hash)
                if place >= window - 1 || place == count - 1 { body(chosen, smallest) }
            } else if place - chosen >= window {
                // The chosen place has left the window: the last of the smallest takes its place.
                smallest = UInt64.max
                for back in 0..<window {
                    let at = slot - back >= 0 ? slot - back : slot - back + window
                    if recent[at] < smallest { (chosen, smallest) = (place - back, recent[at]) }
                }
                body(chosen, smallest)
            } else if place == window - 1 || (place == count - 1 && count < window) {
                body(chosen, smallest)
            }
            slot = slot + 1 == window ? 0 : slot + 1
            if place + 1 < count {
                rolling =
                    rolling &* Self.base &+ UInt64(symbols[place + length]) &+ 1
                    &- (UInt64(symbols[place]) &+ 1) &* leading
            }
        }
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value ^= value >> 32
        value = value &* 0xD6E8_FEB8_6659_FD93
        return value ^ value >> 32
    }
}
