# PowerShell completion for emvote: every candidate is quoted as a literal, so that nothing in a name is ever evaluated.

Register-ArgumentCompleter -Native -CommandName emvote -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @(
        foreach ($element in $commandAst.CommandElements) {
            if ($element.Extent.EndOffset -lt $cursorPosition) {
                if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                    $element.Value
                } else {
                    $element.Extent.Text
                }
            }
        }
    )
    $current = $wordToComplete.Trim("'", '"')
    # as one text with a word a line, because older PowerShells pass quotes and empty words wrongly to programs
    $env:EMVOTE_COMPLETE_WORDS = (@($words | Select-Object -Skip 1) + $current) -join "`n"
    try {
        $lines = @(emvote __complete environment 2>$null)
    } finally {
        Remove-Item -Path Env:EMVOTE_COMPLETE_WORDS
    }
    foreach ($line in ($lines | Select-Object -Skip 1)) {
        $value, $what = $line -split "`t", 2
        $text = $value
        if ($text -notmatch '^[\w.=%/+-]+$') {
            $text = "'" + ($text -replace "['\u2018\u2019\u201a\u201b]", '$0$0') + "'"
        }
        if (-not $what) {
            $what = $value
        }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $what)
    }
}
