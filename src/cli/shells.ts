/** What each shell has to be told so that it asks us how a command goes on: `relais complete`. */

/** Completed words come one a line, with a tab and what they mean; a lone `:files` leaves it to the shell. */
export const askForFiles = ':files';

export const shells = {
  // What is typed is taken from the line, because bash cuts words at colons; and what stands before the last colon is not given back.
  bash: `# For bash. Write into ~/.bashrc:  source <(relais completion bash)
_relais() {
  local line="\${COMP_LINE:0:COMP_POINT}" word description typed before
  COMPREPLY=()
  typed="\${COMP_WORDS[COMP_CWORD]}"
  before="\${line%"$typed"}"
  before="\${before##*[[:space:]]}"
  while IFS=$'\\t' read -r word description; do
    if [[ $word == ${askForFiles} ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    case $typed in
      [\\"\\']*) ;;
      *) printf -v word %q "$word" ;;
    esac
    if [[ $before == *: ]]; then word="\${word#"$before"}"; fi
    COMPREPLY+=("$word")
  done < <(relais complete --line "$line" 2>/dev/null)
}
complete -F _relais relais
`,
  zsh: `#compdef relais
# For zsh. Write into ~/.zshrc, below compinit:  source <(relais completion zsh)
_relais() {
  local line word description
  local -a found
  for line in "\${(@f)$(relais complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    if [[ $line == ${askForFiles} ]]; then
      _files
      return
    fi
    word="\${line%%$'\\t'*}"
    description="\${line#*$'\\t'}"
    found+=("\${word//:/\\\\:}:$description")
  done
  _describe 'relais' found
}
compdef _relais relais
`,
  fish: `# For fish. Write into ~/.config/fish/completions/relais.fish:  relais completion fish | source
function __relais_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (relais complete -- $words[2..-1] 2>/dev/null)
  if test "$found[1]" = '${askForFiles}'
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c relais -f -a '(__relais_complete)'
`,
} as const;

/**
 * The words of a line as a shell would cut them, the last one unfinished: it may be empty, or have an open quotation mark.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let isBegun = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === '\\' && quote !== "'") {
      at += 1;
      word += line.charAt(at);
      isBegun = true;
    } else if (sign === quote) quote = '';
    else if (quote === '' && (sign === '"' || sign === "'")) {
      quote = sign;
      isBegun = true;
    } else if (quote === '' && /\s/.test(sign)) {
      if (isBegun) words.push(word);
      word = '';
      isBegun = false;
    } else {
      word += sign;
      isBegun = true;
    }
  }
  return [...words, word];
}
