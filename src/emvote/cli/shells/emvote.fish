# fish completion for emvote: fish itself matches and quotes what emvote prints.

function __emvote_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    # the word may have an open quote
    set -l plain (string unescape -- $current 2>/dev/null; or string replace -r '^["\']' '' -- $current)
    set -l lines (command emvote __complete words $words[2..-1] "$plain" 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path "$plain"
    end
    for line in $lines[2..-1]
        echo $line
    end
end

complete -c emvote -f -a '(__emvote_complete)'
