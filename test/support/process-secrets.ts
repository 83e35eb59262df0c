import { readdirSync, readFileSync } from 'node:fs';

/** Where one of the secrets stands in a command line or environment of a process that carries the mark `SALLYPORT_SESSION=<id>`. */
export function findSecretsInProcesses(
  sessionId: string,
  secrets: readonly string[],
): { readonly processes: number; readonly found: readonly string[] } {
  const found: string[] = [];
  let processes = 0;
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const read = (name: string): string => {
      try {
        return readFileSync(`/proc/${pid}/${name}`, 'utf8');
      } catch {
        return '';
      }
    };
    const environment = read('environ');
    if (!environment.includes(`SALLYPORT_SESSION=${sessionId}\0`)) continue;
    processes += 1;
    const command = read('cmdline');
    for (const secret of secrets) {
      if (command.includes(secret)) found.push(`argv of ${command.replaceAll('\0', ' ')}`);
      if (environment.includes(secret)) found.push(`environment of ${command.replaceAll('\0', ' ')}`);
    }
  }
  return { processes, found };
}
