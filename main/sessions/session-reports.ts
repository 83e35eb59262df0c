import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import { SessionId } from '../../contract/ids.ts';
import { SessionReport } from '../../contract/server-api.ts';
import { backoffMs } from '../server-client/event-stream.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import type { Dispose, Timers } from '../timers.ts';

/**
 * Tells the server how a session goes and how it ended: at most one report on its way, only the newest state waits, and what could
 * not be told is tried again. The newest report lies in a file until the end was told, so that it outlives this process; where only counts changed, the
 * file is up to a second behind.
 */
export interface SessionReports {
  /** The state now; one with an `endCause` is the last. */
  tell(report: SessionReport): void;
  /** Resolves when the last report was told, or refused for good. */
  readonly told: Promise<void>;
  dispose(): void;
}

export interface SessionReportsOptions {
  readonly http: Pick<ServerHttp, 'call'>;
  readonly timers: Timers;
  readonly random: () => number;
  readonly folder: string;
  readonly sessionId: SessionId;
}

/** Counts change with every line of output; the server wants them about this often. */
const REPORT_EVERY_MS = 1_000;
/** Failures that time can heal. Anything else is the server's last word. */
const WORTH_ANOTHER_TRY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server-unreachable',
  'server-failed',
  'rate-limited',
  'not-signed-in',
]);

export function createSessionReports(options: SessionReportsOptions): SessionReports {
  const { http, timers, sessionId } = options;
  const file = fileOf(options.folder, sessionId);
  let waiting: SessionReport | null = null;
  let isSending = false;
  let isOver = false;
  let failures = 0;
  let timer: Dispose | null = null;
  let kept: SessionReport | null = null;
  let keepLater: Dispose | null = null;
  let settle: () => void = () => undefined;
  const told = new Promise<void>(resolve => {
    settle = resolve;
  });

  const schedule = (delayMs: number): void => {
    timer?.();
    timer = timers.after(delayMs, () => {
      timer = null;
      void send();
    });
  };

  /** Counts come several times a second, and the file is written while the terminal's output waits. */
  const keep = (report: SessionReport): void => {
    const isWorth = kept === null || !isOnlyCounted(kept, report);
    kept = report;
    if (!isWorth && keepLater !== null) return;
    const write = (): void => {
      keepLater?.();
      keepLater = null;
      if (kept !== null && !isOver) keepReport(file, kept);
    };
    if (isWorth) write();
    else keepLater = timers.after(REPORT_EVERY_MS, write);
  };

  async function send(): Promise<void> {
    if (isSending || isOver || waiting === null) return;
    const report = waiting;
    waiting = null;
    isSending = true;
    try {
      await http.call('reportSession', { params: { id: sessionId }, input: report });
      failures = 0;
      if (report.endCause !== null) finish();
    } catch (error) {
      if (isWorthAnotherTry(error)) {
        failures += 1;
        waiting ??= report;
      } else if (report.endCause !== null || isConflict(error)) finish();
    } finally {
      isSending = false;
    }
    if (waiting !== null && !isOver)
      schedule(failures > 0 ? backoffMs(failures, options.random()) : delayOf(waiting));
  }

  function finish(): void {
    isOver = true;
    keepLater?.();
    rmSync(file, { force: true });
    settle();
  }

  return {
    told,
    tell(report) {
      if (isOver) return;
      waiting = report;
      keep(report);
      if (!isSending && (timer === null || report.endCause !== null)) schedule(delayOf(report));
    },
    dispose() {
      if (!isOver && keepLater !== null && kept !== null) keepReport(file, kept);
      isOver = true;
      keepLater?.();
      timer?.();
      settle();
    },
  };
}

/** Reports that a client before this one could not tell; one without a cause was cut off. */
export function readLeftReports(
  folder: string,
): readonly { readonly sessionId: SessionId; readonly report: SessionReport }[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .flatMap(name => {
      const sessionId = SessionId.safeParse(name.slice(0, -'.json'.length));
      const report = SessionReport.safeParse(readJson(join(folder, name)));
      if (!sessionId.success) return [];
      const state = report.success ? report.data : { masked: {}, lockReasons: [], endCause: null };
      return [{ sessionId: sessionId.data, report: { ...state, endCause: state.endCause ?? 'recovered' } }];
    });
}

function keepReport(file: string, report: SessionReport): void {
  writeFileSync(`${file}.tmp`, JSON.stringify(report satisfies z.input<typeof SessionReport>), {
    mode: 0o600,
  });
  renameSync(`${file}.tmp`, file);
}

/** Nothing but what was masked and shown differs. */
function isOnlyCounted(before: SessionReport, after: SessionReport): boolean {
  return before.endCause === after.endCause && before.lockReasons.join() === after.lockReasons.join();
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const delayOf = (report: SessionReport): number => (report.endCause === null ? REPORT_EVERY_MS : 0);
const fileOf = (folder: string, sessionId: SessionId): string => join(folder, `${sessionId}.json`);
const isWorthAnotherTry = (error: unknown): boolean =>
  error instanceof SallyportError && WORTH_ANOTHER_TRY.has(error.code);
const isConflict = (error: unknown): boolean => error instanceof SallyportError && error.code === 'conflict';
