import { readFile } from 'node:fs/promises';
import { SallyportError } from '../../contract/errors.ts';
import type { AuditAction } from '../audit/audit-actions.ts';
import type { ServerContext } from '../server-context.ts';
import { loadPolicy } from './policy-in-force.ts';
import type { LoadedPolicy, PolicyInForce } from './policy-in-force.ts';

/** A policy file that is followed while the server runs. */
export interface PolicyFile extends PolicyInForce {
  /** Notes in the audit log what is in force now, and from then on every change of the file. */
  follow(context: ServerContext, everyMs: number): Promise<void>;
  /** Looks at the file now. */
  lookAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a policy file; the server does not start on one that is not valid. Throws `bad-input`. */
export async function openPolicyFile(path: string, nowMs: () => number): Promise<PolicyFile> {
  const readSource = () =>
    readFile(path, 'utf8').catch((cause: unknown) => {
      throw new SallyportError('bad-input', `The policy "${path}" cannot be read.`, { cause });
    });
  const load = async () => loadPolicy(await readSource(), `"${path}"`);
  let inForce = { ...(await load()), appliedAtMs: nowMs() };
  let refusedReason: string | null = null;
  let context: ServerContext | null = null;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    if (context === null) return;
    try {
      const loaded = await load();
      refusedReason = null;
      if (loaded.digest === inForce.digest) return;
      // In the log first: a policy that nobody can look up later is not gone by.
      await noteInForce(context, loaded);
      inForce = { ...loaded, appliedAtMs: nowMs() };
    } catch (error) {
      if (!(error instanceof SallyportError)) {
        context.log.error({ err: error }, 'the policy could not be taken up; it is tried again');
        return;
      }
      if (refusedReason === error.message) return;
      refusedReason = error.message;
      context.log.error(`${error.message} The policy of before stays in force.`);
      await note(context, 'policy.refused', { reason: error.message, inForce: inForce.digest });
    }
  }

  const lookAgain = () => (looking ??= look().finally(() => (looking = null)));
  return {
    current: () => inForce,
    async follow(target, everyMs) {
      context = target;
      await noteInForce(target, inForce);
      timer = setInterval(() => {
        lookAgain().catch((error: unknown) =>
          target.log.error({ err: error }, 'looking at the policy failed'),
        );
      }, everyMs);
    },
    lookAgain,
    async stop() {
      if (timer !== null) clearInterval(timer);
      await looking?.catch(() => undefined);
    },
  };
}

/** Notes that no policy is in force any more, where the log says that there was one. */
export async function noteNoPolicy(context: ServerContext): Promise<void> {
  const last = await lastDigest(context);
  if (last !== null) await note(context, 'policy.remove', { was: last });
}

async function noteInForce(context: ServerContext, loaded: LoadedPolicy): Promise<void> {
  const was = await lastDigest(context);
  if (was === loaded.digest) return;
  await context.changes.run(async change => {
    await change.trx
      .insertInto('policies')
      .values({ digest: loaded.digest, source: loaded.source, first_applied_at_ms: context.nowMs() })
      .onConflict(conflict => conflict.doNothing())
      .execute();
    change.audit({
      actor: 'server',
      action: 'policy.apply',
      subject: 'policy',
      detail: { digest: loaded.digest, was, rules: loaded.policy.rules.map(({ name }) => name) },
    });
  });
}

async function note(
  context: ServerContext,
  action: AuditAction,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await context.changes.run(change => {
    change.audit({ actor: 'server', action, subject: 'policy', detail });
    return Promise.resolve();
  });
}

/** What the log says is in force; null without a policy. */
async function lastDigest({ db }: Pick<ServerContext, 'db'>): Promise<string | null> {
  const last = await db
    .selectFrom('audit')
    .select(['action', 'detail'])
    .where('subject', '=', 'policy')
    .where('action', 'in', ['policy.apply', 'policy.remove'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const digest = last?.action === 'policy.apply' ? last.detail['digest'] : null;
  return typeof digest === 'string' ? digest : null;
}
