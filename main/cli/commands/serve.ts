import { parseArgs } from 'node:util';
import { createNodeClient } from '../../app/create-node-client.ts';
import type { Command, ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { presentWebShell } from '../present-web-shell.ts';

const HELP = `Usage: sallyport serve [--profile DIR] [--port N] [--json]

Serves the client to a browser on this machine, on 127.0.0.1 only, and prints a one-time address to open it with.
The address works once and for ten minutes; press Enter for another one. No browser is opened, because the address
would stand in the list of processes. Ctrl-C ends the sessions and everything
that was started; recordings that are not on the server yet are uploaded at the next start.

From another machine, forward the port with ssh -L and open the printed address there.

  --profile DIR  where accounts and unfinished recordings are kept
                 (default: $XDG_DATA_HOME/sallyport, else ~/.local/share/sallyport)
  --port N       listen on this port (default: any free one)
  --json         print the address as one line of JSON: {"address", "port"}
`;

export const command: Command = {
  name: 'serve',
  summary: 'the client in a browser on this machine',
  help: HELP,
  async run(args, io): Promise<ExitCode> {
    const { values } = parseArgs({
      args: [...args],
      options: {
        profile: { type: 'string' },
        port: { type: 'string', default: '0' },
        json: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port}".`);
    const app = createNodeClient({
      ...(values.profile === undefined ? {} : { profileFolder: values.profile }),
      environment: io.environment,
      onLog: line => void io.stderr.write(`${line}\n`),
    });
    try {
      await presentWebShell({ app, port, isJson: values.json, io });
    } finally {
      await app.dispose();
    }
    return EXIT.ok;
  },
};
