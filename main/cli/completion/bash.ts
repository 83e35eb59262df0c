import type { Completes } from '../command.ts';
import type { CompletionDescription } from './description.ts';

/** A completion script for bash 3.2 and newer; needs no bash-completion. */
export function bashCompletion({ places, values }: CompletionDescription): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return `# bash completion of sallyport, made by "sallyport completion bash"
_sallyport() {
  local current=\${COMP_WORDS[COMP_CWORD]} before='' path='' name='' verbs='' options='' takes='' word='' i=0
  [[ $COMP_CWORD -gt 0 ]] && before=\${COMP_WORDS[COMP_CWORD-1]}
  # bash takes --option=value apart at the equals sign
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $before == '=' ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$name $word" in
      ${alternatives(values.map(({ command, option }) => `'${command} ${option}'`))}) i=$((i + 1)); continue ;;
    esac
    case "\${path:+$path }$word" in
      ${alternatives(paths)}) path="\${path:+$path }$word"; [[ -n $name ]] || name=$word ;;
    esac
  done
  COMPREPLY=()
  case "$name $before" in
${values.map(({ command, option, completes }) => `    '${command} ${option}') ${reply(completes)}; return ;;`).join('\n')}
  esac
  case $path in
${places
  .map(
    place =>
      `    '${place.path}') verbs='${names(place.verbs)}' options='${names(place.options)}' takes='${place.takes === null ? '' : 'file'}' ;;`,
  )
  .join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $verbs ]]; then
    COMPREPLY=($(compgen -W "$verbs" -- "$current"))
  elif [[ -n $takes ]]; then
    _sallyport_paths -f "$current"
  fi
}

# -f for files, -d for folders
_sallyport_paths() {
  local line
  compopt -o filenames 2>/dev/null
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$2")
}

complete -F _sallyport sallyport
`;
}

function reply(completes: Completes | null): string {
  if (completes === null) return ':';
  if (completes === 'file') return '_sallyport_paths -f "$current"';
  if (completes === 'folder') return '_sallyport_paths -d "$current"';
  if ('fileOr' in completes)
    return `_sallyport_paths -f "$current"; COMPREPLY+=($(compgen -W '${completes.fileOr.join(' ')}' -- "$current"))`;
  return `COMPREPLY=($(compgen -W '${completes.join(' ')}' -- "$current"))`;
}

function names(described: readonly { readonly name: string }[]): string {
  return described.map(({ name }) => name).join(' ');
}

function alternatives(patterns: readonly string[]): string {
  return patterns.join(' | ');
}
