import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../app/app.ts';
import type { App } from '../../app/app.ts';
import { createReviewService } from '../../review/create-review-service.ts';
import { createForkNodeHost } from '../../session-host-client/fork-node-host.ts';
import { fetchDesktopRuntime, findDesktopRuntime, hasDisplay } from '../../shell/desktop-runtime.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import { fileSecretBox } from '../../vault/secret-box.ts';
import type { CommandIo, ExitCode, HelpPage } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { demoFolder, takeDemoFolder } from '../demo/demo-folder.ts';
import type { DemoInstallation } from '../demo/install-demo.ts';
import { installDemo, PEOPLE } from '../demo/install-demo.ts';
import { playStory } from '../demo/story/play-story.ts';
import { WEB_SHELL_FACTS } from '../../web/web-shell-facts.ts';
import { presentWebShell } from '../present-web-shell.ts';

const help: HelpPage = {
  about: `A whole installation in one folder: a server with its database, an operator, an approver, a reviewer, and targets full of
synthetic personal data (a local shell, an SSH host, a PostgreSQL database).

Opens the desktop shell where its runtime is here or can be fetched, else prints the one-time address of the web shell. Ctrl-C ends
everything that was started.`,
  usage: ['demo [--web | --desktop]', 'demo --headless [--json]'],
  exitCodes:
    '0 fine, 1 it did not work (with --headless: a leak, or a recording that does not verify), 2 wrong use',
};

/** Shorter than the window demo's, so that a story is over within a minute. */
const HEADLESS_GRACE_MS = 2_000;
const GRACE_MS = 30_000;

export const command = defineCommand({
  name: 'demo',
  summary: 'a whole installation with demo targets and people',
  help,
  options: {
    web: { type: 'boolean', default: false, about: 'the web shell, also where the desktop shell could run' },
    desktop: { type: 'boolean', default: false, about: 'the desktop shell or nothing' },
    headless: {
      type: 'boolean',
      default: false,
      about: 'no window: plays one whole story with a grant of ten seconds and prints what happened',
    },
    json: {
      type: 'boolean',
      default: false,
      about: 'with --headless: JSON lines; the last one is the summary',
    },
    data: {
      type: 'string',
      value: 'DIR',
      completes: 'folder',
      about: `keep everything in DIR; it must be empty or that of an earlier demo, which is deleted (default: sallyport-demo in your data
folder)`,
    },
  },
  takesArguments: false,
  async run({ values }, io) {
    if ([values.web, values.desktop, values.headless].filter(Boolean).length > 1) {
      throw new UsageError('choose one of --web, --desktop and --headless.');
    }
    if (values.json && !values.headless) throw new UsageError('--json goes with --headless.');
    const folder = demoFolder(values.data, io.environment);
    const release = await takeDemoFolder(folder);
    try {
      return await runDemo(folder, values, io);
    } finally {
      await release();
    }
  },
});

async function runDemo(
  folder: string,
  choice: { web: boolean; desktop: boolean; headless: boolean; json: boolean },
  io: CommandIo,
): Promise<ExitCode> {
  const progress = choice.json ? () => undefined : (what: string) => io.stderr.write(`${what} …\n`);
  // Said at once, also where a step of the set-up has to be waited for.
  const ending = () => progress('Ending everything that the demo started');
  io.signal.addEventListener('abort', ending, { once: true });
  const installation = await installDemo({
    folder,
    graceMs: choice.headless ? HEADLESS_GRACE_MS : GRACE_MS,
    environment: { ...io.environment },
    onProgress: progress,
    onLost: message =>
      io.stderr.write(
        `${message} Running sessions lock and end; end the demo with Ctrl-C and start it again.\n`,
      ),
    signal: io.signal,
  });
  try {
    for (const notice of installation.notices) io.stderr.write(`Note: ${notice}\n`);
    if (choice.headless) return await headless(installation, { folder, isJson: choice.json }, io);
    return await withWindow(installation, { isWeb: choice.web, isDesktop: choice.desktop }, io);
  } finally {
    if (!io.signal.aborted) ending();
    await installation.stop();
  }
}

async function headless(
  installation: DemoInstallation,
  options: { folder: string; isJson: boolean },
  io: CommandIo,
): Promise<ExitCode> {
  const startedMs = performance.now();
  const say = (line: unknown, words: string) =>
    io.stdout.write(options.isJson ? `${JSON.stringify(line)}\n` : `${words}\n`);
  const app = openClient(installation, io);
  try {
    const summary = await playStory({
      app,
      installation,
      folder: join(options.folder, 'recordings'),
      tell(step, facts) {
        const atMs = Math.round(performance.now() - startedMs);
        const words = Object.entries(facts).map(
          ([name, fact]) => `${name} ${typeof fact === 'object' ? JSON.stringify(fact) : String(fact)}`,
        );
        say(
          { step, atMs, ...facts },
          `${(atMs / 1000).toFixed(1).padStart(6)} s  ${step.padEnd(9)} ${words.join(' · ')}`,
        );
      },
    });
    say(
      summary,
      `\n${JSON.stringify(summary, null, 2)}\n\n${whatNext(summary.recording.path, installation)}`,
    );
    return summary.ok ? EXIT.ok : EXIT.findings;
  } finally {
    await app.dispose();
  }
}

function whatNext(path: string, installation: DemoInstallation): string {
  return [
    'Look at the recording yourself:',
    `  npx sallyport verify ${path}`,
    `  npx sallyport export ${path} --identity ${installation.identityFile} > story.cast && asciinema play story.cast`,
    `  npx sallyport export ${path} --segment 0 | age -d -i ${installation.identityFile} | zstd -d`,
  ].join('\n');
}

async function withWindow(
  installation: DemoInstallation,
  choice: { isWeb: boolean; isDesktop: boolean },
  io: CommandIo,
): Promise<ExitCode> {
  const people = PEOPLE.map(({ name, role }) => `${name} (${role})`).join(', ');
  io.stderr.write(`The people of this demo, to be chosen in the account menu: ${people}.\n`);
  if (!choice.isWeb && (choice.isDesktop || hasDisplay(io.environment))) {
    const program = await desktopProgram(io);
    if (program !== null) return runDesktop(program, installation, io);
    if (choice.isDesktop) return EXIT.findings;
    io.stderr.write('The web shell is used instead.\n');
  }
  const app = openClient(installation, io);
  try {
    await presentWebShell({ app, port: 0, isJson: false, io });
    return EXIT.ok;
  } finally {
    await app.dispose();
  }
}

/** The Electron program, fetched if need be; null, after saying why, where it cannot be had. */
async function desktopProgram(io: CommandIo): Promise<string | null> {
  // Chromium refuses its sandbox to root, and without the sandbox there is no desktop shell.
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    io.stderr.write(
      'The desktop shell does not run as root, because its sandbox does not. Start it as another user.\n',
    );
    return null;
  }
  const found = findDesktopRuntime(io.environment);
  if (found.kind === 'found') return found.program;
  io.stderr.write(`The desktop shell needs its runtime (${found.reason}); fetching it once …\n`);
  const fetched = await fetchDesktopRuntime(io.environment, io.signal);
  if (fetched.kind === 'found') return fetched.program;
  io.stderr.write(`The desktop shell cannot be used: ${fetched.reason}.\n`);
  return null;
}

async function runDesktop(program: string, installation: DemoInstallation, io: CommandIo): Promise<ExitCode> {
  const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
  const builder = spawn(process.execPath, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(builder, 'exit');
  if (code !== 0) return EXIT.findings;
  const child = spawn(program, [root, '--profile', installation.profileFolder, '--demo-keys'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...io.environment, HOME: installation.filesFolder },
  });
  io.signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const [exitCode] = await once(child, 'exit');
  return exitCode === 0 || io.signal.aborted ? EXIT.ok : EXIT.findings;
}

/** The people's client, in this process. Their home is the folder with the demo's files. */
function openClient(installation: DemoInstallation, io: CommandIo): App {
  return createApp({
    profile: openProfile(installation.profileFolder, io.environment),
    secretBox: fileSecretBox,
    shell: WEB_SHELL_FACTS,
    forkHost: createForkNodeHost(),
    createReviewService,
    environment: { ...io.environment, HOME: installation.filesFolder },
    onBug: (where, error) =>
      io.stderr.write(
        `sallyport demo: ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      ),
  });
}
