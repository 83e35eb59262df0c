import { useCallback, useEffect, useState } from 'react';
import { RecordingId } from '../../../contract/ids.ts';
import type { RequestOutputOf } from '../../../contract/ipc.ts';
import type { Loadable } from '../../app/loadable.ts';
import { LOADING, settle } from '../../app/loadable.ts';
import { useServices } from '../../app/services-context.tsx';

export type ReviewAnswer = RequestOutputOf<'review.read'>;

/** What reviewers left at a recording (null: one that the server does not have), asked for anew whenever main hears that it changed; and a way to ask at once. */
export function useReview(recordingId: string | null): readonly [Loadable<ReviewAnswer>, () => void] {
  const { bridge } = useServices();
  const [review, setReview] = useState<Loadable<ReviewAnswer>>(LOADING);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound(previous => previous + 1), []);
  useEffect(() => {
    const id = RecordingId.safeParse(recordingId);
    if (!id.success) return;
    let isCurrent = true;
    const ask = () =>
      void bridge.request('review.read', { recordingId: id.data }).then(outcome => {
        if (isCurrent) setReview(previous => settle(previous, outcome));
      });
    ask();
    const stop = bridge.on('recordings.changed', changed => {
      if (changed.recordingId === id.data) ask();
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [bridge, recordingId, round]);
  return [review, reload];
}
