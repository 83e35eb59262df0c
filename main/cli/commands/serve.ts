import { createNodeClient } from '../../app/create-node-client.ts';
import type { ExitCode } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { presentWebShell } from '../present-web-shell.ts';
import { PROFILE } from '../shared-options.ts';

export const command = defineCommand({
  name: 'serve',
  summary: 'the client in a browser on this machine',
  help: {
    about: `Serves the client to a browser on this machine, on 127.0.0.1 only, and prints a one-time address to open it with. The address works
once and for ten minutes; press Enter for another one. No browser is opened, because the address would stand in the list of processes.
Ctrl-C ends the sessions and everything that was started; recordings that are not on the server yet are uploaded at the next start.

From another machine, forward the port with ssh -L and open the printed address there.`,
    usage: ['serve'],
    exitCodes: '0 ended in order, 1 it did not work, 2 wrong use',
  },
  options: {
    profile: PROFILE,
    port: { type: 'string', value: 'N', default: '0', about: 'listen on this port (default: any free one)' },
    json: {
      type: 'boolean',
      default: false,
      about: 'print the address as one line of JSON: {"address", "port"}',
    },
  },
  takesArguments: false,
  async run({ values }, io): Promise<ExitCode> {
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
});
