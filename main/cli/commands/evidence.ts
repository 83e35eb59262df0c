import { SallyportError } from '../../../contract/errors.ts';
import { RecordingId } from '../../../contract/ids.ts';
import { writeBundle } from '../../evidence/bundle.ts';
import { createServerSource } from '../../review/recording-source.ts';
import { fetchShares } from '../../review/shares/share-stores.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';
import { createPercentage } from '../percentage.ts';
import { answer, JSON_OUTPUT, PROFILE } from '../shared-options.ts';

export const command = defineCommand({
  name: 'evidence',
  summary: 'one file that proves what a recorded session was',
  help: {
    about: `One file with all that proves what a recorded session was: the sealed recording, the signed grants, and the audit entries of
request, approval, session, storage, readings and decisions, each with its proof under the server's signed log. "sallyport verify" checks
it anywhere, offline, without an account; any tar program opens it, and "sallyport export" plays it to whoever could open the recording: what was
shared with you (sallyport keys reshare) is in it, sealed to your key. RECORDING is the recording's id, as "recordings" shows it.`,
    usage: ['evidence RECORDING'],
    exitCodes: '0 fine, 1 it did not work, 2 wrong use, 3 the server refused',
  },
  options: {
    output: {
      type: 'string',
      value: 'FILE',
      completes: 'file',
      about: 'write there (default: RECORDING.evidence.tar)',
    },
    account: {
      type: 'string',
      value: 'NAME',
      about: 'act as this reviewer (default: the only one enrolled here)',
    },
    profile: PROFILE,
    json: JSON_OUTPUT,
  },
  async run({ values, positionals }, io) {
    const [wanted, ...more] = positionals;
    const id = RecordingId.safeParse(wanted);
    if (!id.success || more.length > 0) throw new UsageError('name one recording by its id.');
    const profile = openProfile(values.profile, io.environment);
    const reviewer = chooseAccount(profile, { name: values.account, role: 'reviewer' });
    const http = httpAs(reviewer);
    const evidence = await http.call('recordingEvidence', { params: { id: id.data } });
    const shares = await fetchShares(http, id.data, reviewer.account.id);
    const path = values.output ?? `${id.data}.evidence.tar`;
    const progress = createPercentage('Fetching', io);
    try {
      await writeBundle(
        path,
        { evidence, recording: createServerSource(http, id.data), shares },
        ({ done, total }) => {
          if (io.signal.aborted)
            throw new SallyportError(
              'bad-input',
              'The bundle was ended before it was whole; nothing of it stays.',
            );
          progress?.show(done / Math.max(1, total));
        },
      );
    } finally {
      progress?.clear();
    }
    const entries = evidence.entries.length;
    answer(
      io,
      values.json,
      { recordingId: id.data, path, entries },
      `${path}: the recording and ${entries} audit entries. Check it with "sallyport verify ${path}".`,
    );
    return EXIT.ok;
  },
});
