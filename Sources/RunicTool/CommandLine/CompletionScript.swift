internal import RunicDisplay

/// The scripts by which shells complete the arguments of `runic`.
enum CompletionScript: String, CaseIterable {
    case bash, zsh, fish

    /// The option that prints a script.
    static let option = "--generate-completion-script"

    /// - Throws: ``UsageError`` for another shell.
    init(shell: String) throws(UsageError) {
        let known = Self.allCases.map(\.rawValue)
        guard let script = CompletionScript(rawValue: shell) else {
            throw UsageError(
                "\(Self.option) is \(shell.isEmpty ? "empty" : shell); it must be \(Defaults.list(known))"
                    + Suggestion.phrase(for: shell, among: known))
        }
        self = script
    }

    var text: String {
        switch self {
        case .bash: Self.bashText
        case .zsh: Self.zshText
        case .fish: Self.fishText
        }
    }

    /// Bash cuts words at `=` and `:`; they are put together again for the program, and what is before the last cut is
    /// taken off the candidates. Without candidates, bash completes as it does for any program.
    private static let bashText = #"""
        # Completion of runic for bash: source it, or put it into
        # ~/.local/share/bash-completion/completions/runic
        _runic() {
            local words=() word glued=0 index
            for ((index = 1; index <= COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if ((${#words[@]} && (glued || index > 1))) && [[ $word == *[=:]* && $word != *[!=:]* ]]; then
                    words[${#words[@]} - 1]+=$word
                    glued=1
                elif ((glued)); then
                    words[${#words[@]} - 1]+=$word
                    glued=0
                else
                    words+=("$word")
                fi
            done
            local whole=${words[${#words[@]} - 1]} last=${COMP_WORDS[COMP_CWORD]}
            local before=${whole%"$last"}
            if [[ $last == *[=:]* && $last != *[!=:]* ]]; then before=$whole; fi
            local kind line
            COMPREPLY=()
            while IFS= read -r line; do
                if [[ -z $kind ]]; then
                    kind=$line
                    continue
                fi
                line=${line%%$'\t'*}
                COMPREPLY+=("${line#"$before"}")
            done < <("${1/#\~/$HOME}" ---candidates "${words[@]}" 2>/dev/null)
            if [[ $kind == folders ]]; then compopt -o dirnames 2>/dev/null; fi
        }
        complete -o default -o bashdefault -F _runic runic

        """#

    private static let zshText = #"""
        #compdef runic
        # Completion of runic for zsh: put it into a folder of $fpath as _runic, or source it after compinit.
        _runic() {
            local -a lines found summaries
            local line kind
            lines=("${(@f)$("${(Q)words[1]/#\~/$HOME}" ---candidates "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
            kind=$lines[1]
            for line in "${(@)lines[2,-1]}"; do
                found+=("${line%%$'\t'*}")
                if [[ -n ${line#*$'\t'} ]]; then
                    summaries+=("${line%%$'\t'*}  -- ${line#*$'\t'}")
                else
                    summaries+=("${line%%$'\t'*}")
                fi
            done
            if ((${#found})); then
                compadd -l -d summaries -a found
            else
                compset -P '--*='
                if [[ $kind == folders ]]; then _files -/; else _files; fi
            fi
        }
        if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _runic "$@"; else compdef _runic runic; fi

        """#

    private static let fishText = #"""
        # Completion of runic for fish: put it into ~/.config/fish/completions/runic.fish
        function __runic_candidates
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l program (string replace -r '^~' $HOME -- $words[1])
            set -l lines ($program ---candidates $words[2..-1] $current 2>/dev/null)
            if set -q lines[2]
                printf '%s\n' $lines[2..-1]
                return
            end
            set -l before (string join -- '' (string match -r '^--[^=]+=' -- $current))
            set -l path (string replace -r '^--[^=]+=' '' -- $current)
            if test "$lines[1]" = folders
                for line in (__fish_complete_directories $path '')
                    echo "$before$line"
                end
            else
                for line in (__fish_complete_path $path)
                    echo "$before$line"
                end
            end
        end
        complete -c runic -f -a '(__runic_candidates)'

        """#
}
