import { z } from 'zod';
import type { Outcome } from '../../contract/errors.ts';
import { Failure } from '../../contract/errors.ts';
import type { EventName, EventOf, RequestName, RequestOutputOf } from '../../contract/ipc.ts';
import { EVENTS, REQUESTS } from '../../contract/ipc.ts';
import { t } from '../texts/t.ts';

const Envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: Failure }),
]);

/** An answer of main, parsed; anything that does not fit its schema becomes an `internal` failure that says so. */
export function parseOutcome<N extends RequestName>(name: N, payload: unknown): Outcome<RequestOutputOf<N>> {
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return failure('internal', t.bridge.unknownForm(name));
  if (!envelope.data.ok) return envelope.data;
  const output = REQUESTS[name].output.safeParse(envelope.data.value);
  if (!output.success) {
    const where = output.error.issues[0]?.path.join('.') ?? '';
    return failure('internal', t.bridge.notUnderstood(name, where));
  }
  // safe: the value was parsed by the schema that RequestOutputOf<N> is inferred from
  return { ok: true, value: output.data as RequestOutputOf<N> };
}

/** Null where the payload does not fit the schema of its event: such an event is dropped. */
export function parseEvent<N extends EventName>(name: N, payload: unknown): EventOf<N> | null {
  const parsed = EVENTS[name].safeParse(payload);
  // safe: as above
  return parsed.success ? (parsed.data as EventOf<N>) : null;
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}

export function failure(code: Failure['code'], message: string): Outcome<never> {
  return { ok: false, error: { code, message } };
}
