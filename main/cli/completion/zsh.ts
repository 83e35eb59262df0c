import type { Completes } from '../command.ts';
import type { CompletionDescription, Described } from './description.ts';

/** A completion script for zsh 5: as a file `_sallyport` in a folder of `fpath`, or read by `source` after compinit. */
export function zshCompletion({ places, values }: CompletionDescription): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return `#compdef sallyport
# zsh completion of sallyport, made by "sallyport completion zsh"
_sallyport() {
  local name='' place='' takes='' word='' before=\${words[CURRENT-1]}
  local -a verbs options
  integer i
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    case "$name $word" in
      ${values.map(({ command, option }) => `'${command} ${option}'`).join('|')}) ((i++)); continue ;;
    esac
    case "\${place:+$place }$word" in
      ${paths.join('|')}) place="\${place:+$place }$word"; [[ -n $name ]] || name=$word ;;
    esac
  done
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  case "$name $before" in
${values.map(({ command, option, completes }) => `    '${command} ${option}') ${reply(completes)}; return ;;`).join('\n')}
  esac
  case $place in
${places
  .map(
    ({ path, verbs, options, takes }) =>
      `    '${path}') verbs=(${list(verbs)}) options=(${list(options)}) takes='${takes === null ? '' : 'file'}' ;;`,
  )
  .join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o option options
  elif (( $#verbs )); then
    _describe command verbs
  elif [[ -n $takes ]]; then
    _files
  fi
}

if [[ $funcstack[1] == _sallyport ]]; then
  _sallyport "$@"
else
  compdef _sallyport sallyport
fi
`;
}

function reply(completes: Completes | null): string {
  if (completes === null) return "_message 'a value'";
  if (completes === 'file') return '_files';
  if (completes === 'folder') return '_files -/';
  if ('fileOr' in completes) return `_files; compadd -- ${completes.fileOr.join(' ')}`;
  return `compadd -- ${completes.join(' ')}`;
}

function list(described: readonly Described[]): string {
  return described.map(({ name, about }) => `'${name}${about === '' ? '' : `:${about}`}'`).join(' ');
}
