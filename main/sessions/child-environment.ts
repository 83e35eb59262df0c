/** What a program in a session may know of this user's environment; everything else stays out (invariant 7). */
const ALLOWED = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'PATH', 'TZ'];
const TERM = 'xterm-256color';

/** The whole environment of the child of a session host. `TERM` is that of our own terminal, whatever started this process. */
export function childEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(own))
    if (value !== undefined && (ALLOWED.includes(name) || name.startsWith('LC_'))) environment[name] = value;
  return { ...environment, TERM };
}
