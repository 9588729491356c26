# bash completion for emvote: https://www.gnu.org/software/bash/manual/bash.html#Programmable-Completion
# What emvote prints is read line by line and quoted; nothing of it is ever evaluated.

_emvote() {
    local directive='' value='' quote='' quoted breaks=$COMP_WORDBREAKS
    COMPREPLY=()
    # inside quotes bash breaks no words
    case ${COMP_WORDS[COMP_CWORD]} in
        \"*) quote=double breaks='' ;;
        \'*) quote=single breaks='' ;;
    esac
    while IFS= read -r value; do
        if [[ -z $directive ]]; then
            directive=$value
            continue
        fi
        value=${value%%$'\t'*}
        case $quote in
            double)
                quoted=${value//\\/\\\\}
                quoted=${quoted//\"/\\\"}
                quoted=${quoted//\$/\\\$}
                quoted=${quoted//\`/\\\`}
                # inside double quotes nothing keeps an exclamation mark from the history
                [[ $quoted == *!* ]] && continue
                ;;
            single) quoted=${value//\'/\'\\\'\'} ;;
            *) printf -v quoted '%q' "$value" ;;
        esac
        COMPREPLY+=("$quoted")
    done < <(emvote __complete bash "${COMP_LINE:0:COMP_POINT}" "$breaks" 2>/dev/null)
    if [[ $directive == files ]]; then
        # files where no name fits; without compopt (bash 3) names alone
        compopt -o default 2>/dev/null
    fi
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[,:=@] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}

complete -F _emvote emvote
