import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReplayCheck, RequestOutputOf } from '../../contract/ipc.ts';
import { RecordingId } from '../../contract/ids.ts';
import type { RecordingHeader } from '../../contract/recording.ts';
import type { Loadable } from '../app/loadable.ts';
import { LOADING, settle } from '../app/loadable.ts';
import { useServices } from '../app/services-context.tsx';
import { t } from '../texts/t.ts';

/** A recording that is being played; it is the same one for as long as it is shown. */
export interface OpenedReplay {
  readonly header: RecordingHeader;
  readonly durationMs: number;
  /** characters written, in equal slices of the time; null where nobody counted them */
  readonly density: readonly number[] | null;
}

/** How far its check is, apart from the replay, so that playing goes on while it changes. */
export type ReplayCheckState = ReplayCheck;

type Answer = RequestOutputOf<'replay.open'>;

/** Has main open and check a recording for as long as the player is shown. */
export function useReplay(
  recordingId: string,
): readonly [Loadable<OpenedReplay>, ReplayCheckState | null, () => void] {
  const { bridge } = useServices();
  const [replay, setReplay] = useState<Loadable<Answer>>(LOADING);
  const [check, setCheck] = useState<ReplayCheckState | null>(null);
  const [round, setRound] = useState(0);
  const closing = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    let isCurrent = true;
    let isOver = false;
    setReplay(LOADING);
    setCheck(null);
    const id = RecordingId.safeParse(recordingId);
    if (!id.success) {
      setReplay({
        status: 'failed',
        value: null,
        failure: { code: 'not-found', message: t.player.noSuchName },
      });
      return;
    }
    const input = { recordingId: id.data };
    const askForCheck = async () => {
      const outcome = await bridge.request('replay.open', input);
      if (isCurrent && outcome.ok) setCheck(outcome.value.check);
    };
    const stopListening = bridge.on('replay.checked', ({ recordingId: about, ...progress }) => {
      if (about !== id.data) return;
      isOver ||= progress.isOver;
      if (isOver) void askForCheck();
      else setCheck(previous => previous && { ...previous, ...progress });
    });
    let isOpened = false;
    const opening = closing.current.then(async () => {
      const outcome = await bridge.request('replay.open', input);
      isOpened = true;
      if (!isCurrent) return;
      setReplay(previous => settle(previous, outcome));
      if (!outcome.ok) return;
      setCheck(outcome.value.check);
      // it may have ended between the answer and now
      if (isOver) void askForCheck();
    });
    return () => {
      isCurrent = false;
      stopListening();
      const close = async () => void (await bridge.request('replay.close', input));
      // What is opened late is closed too; and nothing opens the recording again before this close, which would take it away.
      closing.current = isOpened ? close() : opening.then(close);
    };
  }, [bridge, recordingId, round]);
  return [replay, check, useCallback(() => setRound(previous => previous + 1), [])];
}
