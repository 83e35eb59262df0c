import type { AccessSnapshot } from '../../../contract/access.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { AccessRequest, GrantRecord } from '../../../contract/server-api.ts';
import { durationWords } from '../../../core/access/words.ts';
import type { Ask } from './asks.ts';
import type { OwnTerminal } from './own-terminal.ts';

/** More time for the session in this terminal: asks the person, then the approvers, and tells what became of it. */
export interface Extension {
  /** Asks for it in this tick: what is typed next is the answer. Never rejects. */
  request(access: AccessSnapshot): Promise<void>;
  /** The server told of a request: perhaps of this one. */
  requestChanged(request: AccessRequest): void;
}

export interface ExtensionOptions {
  readonly ask: Ask;
  readonly terminal: Pick<OwnTerminal, 'ask' | 'say'>;
  /** the grant that the session was opened under: an extension keeps its target and account */
  readonly grant: GrantRecord;
}

const DEFAULT_MINUTES = 15;

export function createExtension({ ask, terminal, grant }: ExtensionOptions): Extension {
  const maxMinutes = grant.target.maxMinutes;
  let asked: AccessRequest | null = null;

  async function send(access: AccessSnapshot, minutes: number, reason: string): Promise<void> {
    const known = await ask('requests.list', {});
    const pending = known.find(
      ({ state, supersedes }) => state === 'pending' && supersedes === access.grantId,
    );
    if (pending !== undefined) {
      asked = pending;
      const more = durationWords(pending.durationS * 1000);
      return terminal.say(`${more} more are asked for already. An approver decides.`);
    }
    asked = await ask('requests.create', {
      targetId: grant.target.id,
      account: grant.account,
      reason,
      durationS: minutes * 60,
      supersedes: access.grantId,
    });
    if (asked.state !== 'pending') return tell(asked);
    return terminal.say(`Asked for ${durationWords(minutes * 60_000)} more. An approver decides.`);
  }

  function tell({ state, decisionNote }: AccessRequest): void {
    const note = decisionNote === null || decisionNote === '' ? '' : ` ${decisionNote}`;
    if (state === 'approved') terminal.say(`There is more time.${note}`);
    else if (state !== 'pending') terminal.say(`There is no more time: the request was ${state}.${note}`);
  }

  return {
    async request(access) {
      if (access.extensionsLeft === 0)
        return terminal.say('No extension is left. Request access anew when the work is not done.');
      const answers = await terminal.ask([
        `More time on ${grant.target.name}. Escape goes back. For how many minutes (1 to ${maxMinutes})? [${Math.min(DEFAULT_MINUTES, maxMinutes)}] `,
        `Why? [${grant.reason}] `,
      ]);
      if (answers === null) return undefined;
      const [time = '', why = ''] = answers;
      const minutes = time === '' ? Math.min(DEFAULT_MINUTES, maxMinutes) : Number(time);
      if (!Number.isInteger(minutes) || minutes < 1 || minutes > maxMinutes)
        return terminal.say(
          `"${time}" is no number of minutes from 1 to ${maxMinutes}. Nothing was asked for.`,
        );
      try {
        return await send(access, minutes, why === '' ? grant.reason : why);
      } catch (error) {
        return terminal.say(
          error instanceof SallyportError ? error.message : 'The request could not be sent.',
        );
      }
    },
    requestChanged(request) {
      if (request.id !== asked?.id || request.state === asked.state) return;
      asked = request;
      tell(request);
    },
  };
}
