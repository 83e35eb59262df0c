import type { Command } from './command.ts';

interface Listed {
  readonly summary: string;
  load(): Promise<{ command: Command }>;
}

/** Every command, loaded when called, so that `redact` in a pipe does not pay for the server. */
export const COMMANDS: Readonly<Record<string, Listed>> = {
  demo: {
    summary: 'a whole installation with demo targets and people',
    load: () => import('./commands/demo.ts'),
  },
  serve: { summary: 'the client in a browser on this machine', load: () => import('./commands/serve.ts') },
  server: { summary: 'the grant and recording server', load: () => import('./commands/server.ts') },
  admin: { summary: 'people and targets of a server', load: () => import('./commands/admin.ts') },
  connect: {
    summary: 'a recorded, redacted session in this terminal',
    load: () => import('./commands/connect.ts'),
  },
  redact: { summary: 'terminal bytes in, redacted bytes out', load: () => import('./commands/redact.ts') },
  scan: { summary: 'personal data and secrets in files', load: () => import('./commands/scan.ts') },
  verify: {
    summary: 'check a recording or a bundle of evidence offline',
    load: () => import('./commands/verify.ts'),
  },
  evidence: {
    summary: 'one file that proves what a recorded session was',
    load: () => import('./commands/evidence.ts'),
  },
  export: { summary: 'a recording as asciicast or text', load: () => import('./commands/export.ts') },
  import: {
    summary: 'a recording of another program, for review',
    load: () => import('./commands/import.ts'),
  },
  keys: { summary: 'reviewer identities and recipients', load: () => import('./commands/keys.ts') },
  completion: {
    summary: 'completion for bash, zsh or fish',
    load: async () => ({
      command: (await import('./commands/completion.ts')).completionCommand(loadCommands),
    }),
  },
  man: {
    summary: 'the manual page',
    load: async () => ({ command: (await import('./commands/man.ts')).manCommand(loadCommands) }),
  },
};

/** All of them with their descriptions, in the order of the overview. */
export async function loadCommands(): Promise<Command[]> {
  return Promise.all(Object.values(COMMANDS).map(async ({ load }) => (await load()).command));
}
