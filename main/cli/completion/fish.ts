import type { Completes } from '../command.ts';
import type { CompletionDescription, DescribedPlace } from './description.ts';

/** A completion script for fish 3: `~/.config/fish/completions/sallyport.fish`. */
export function fishCompletion(description: CompletionDescription): string {
  const { places, values } = description;
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return `# fish completion of sallyport, made by "sallyport completion fish"
function __sallyport_place
    set -l place
    set -l name
    set -l skips no
    for word in (commandline -opc)[2..-1]
        if test $skips = yes
            set skips no
            continue
        end
        switch "$name $word"
            case ${values.map(({ command, option }) => `'${command} ${option}'`).join(' ')}
                set skips yes
                continue
        end
        switch (string join ' ' -- $place $word)
            case ${paths.join(' ')}
                set place $place $word
                test -n "$name"; or set name $word
        end
    end
    string join ' ' -- $place
end
function __sallyport_at
    test (__sallyport_place | string collect --allow-empty) = "$argv[1]"
end

complete -c sallyport -f
${places.flatMap(place => linesOf(place, description)).join('\n')}
`;
}

function linesOf({ path, verbs, options, takes }: DescribedPlace, all: CompletionDescription): string[] {
  const here = `complete -c sallyport -n "__sallyport_at '${path}'"`;
  const about = (text: string): string => (text === '' ? '' : ` -d '${text}'`);
  const command = path.split(' ')[0];
  return [
    ...verbs.map(verb => `${here} -a ${verb.name}${about(verb.about)}`),
    ...options.map(option => {
      const value = all.values.find(each => each.command === command && each.option === option.name);
      return `${here} -l ${option.name.slice(2)}${value === undefined ? '' : valueOf(value.completes)}${about(option.about)}`;
    }),
    ...(takes === null ? [] : [`${here} -F`]),
  ];
}

function valueOf(completes: Completes | null): string {
  if (completes === null) return ' -x';
  if (completes === 'file') return ' -r -F';
  if (completes === 'folder') return " -x -a '(__fish_complete_directories)'";
  if ('fileOr' in completes) return ` -r -F -a '${completes.fileOr.join(' ')}'`;
  return ` -x -a '${completes.join(' ')}'`;
}
