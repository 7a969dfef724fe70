public import Runic
public import RunicREPL

extension TextModel: ConversationModel {
    public var vocabularySize: Int { vocabulary.count }

    public func read(_ text: String, into context: inout Context) -> ReadReport {
        let reading: Reading = read(text, into: &context)
        return ReadReport(
            symbols: reading.symbols, unseenCount: reading.unseen, unseenSymbols: reading.unseenExamples,
            failure: reading.failure)
    }
}
