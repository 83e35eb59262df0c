import { parseArgs } from 'node:util';
import { RecordingId } from '../../../contract/ids.ts';
import { writeBundle } from '../../evidence/bundle.ts';
import { createServerSource } from '../../review/recording-source.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import type { Command } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';

const help = `One file with all that proves what a recorded session was: the sealed recording, the signed grants, and the audit
entries of request, approval, session, storage, readings and decisions, each with its proof under the server's signed log.
"sallyport verify" checks it anywhere, offline, without an account; any tar program opens it.

Usage: sallyport evidence RECORDING [--output FILE.tar] [--account NAME] [--profile DIR]

  RECORDING       the recording's id, as "recordings" shows it
  --output FILE   write there (default: RECORDING.evidence.tar)
  --account NAME  act as this reviewer (default: the only one enrolled here)
  --profile DIR   the client's folder (default: your data folder)

Exit codes: 0 fine, 1 it did not work, 2 wrong use, 3 the server refused.
`;

export const command: Command = {
  name: 'evidence',
  summary: 'one file that proves what a recorded session was',
  help,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { output: { type: 'string' }, account: { type: 'string' }, profile: { type: 'string' } },
    });
    const [wanted, ...more] = positionals;
    const id = RecordingId.safeParse(wanted);
    if (!id.success || more.length > 0) throw new UsageError('name one recording by its id.');
    const profile = openProfile(values.profile, io.environment);
    const http = httpAs(chooseAccount(profile, { name: values.account, role: 'reviewer' }));
    const evidence = await http.call('recordingEvidence', { params: { id: id.data } });
    const path = values.output ?? `${id.data}.evidence.tar`;
    await writeBundle(path, { evidence, recording: createServerSource(http, id.data) });
    io.stdout.write(
      `${path}: the recording and ${evidence.entries.length} audit entries. Check it with "sallyport verify ${path}".\n`,
    );
    return EXIT.ok;
  },
};
