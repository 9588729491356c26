#compdef emvote
# zsh completion for emvote: the words go to emvote as they are, what it prints is read line by line and quoted by compadd.

_emvote() {
    local -a lines values shown
    local line value what directive
    lines=("${(@f)$(command emvote __complete words "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    directive=$lines[1]
    shift lines
    for line in "${lines[@]}"; do
        [[ -n $line ]] || continue
        value=${line%%$'\t'*}
        what=${line#*$'\t'}
        values+=("$value")
        if [[ -n $what ]]; then
            shown+=("$value  -- $what")
        else
            shown+=("$value")
        fi
    done
    # -U: emvote has matched already, without regard to case and accents
    local -a end
    [[ $values[1] == *[,:=@] ]] && end=(-S '')
    (( $#values )) && compadd -U -l "${(@)end}" -d shown -a values
    [[ $directive == files ]] && _files
    (( $#values ))
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _emvote "$@"
else
    compdef _emvote emvote
fi
