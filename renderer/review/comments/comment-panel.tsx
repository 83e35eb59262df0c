import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { RecordingId } from '../../../contract/ids.ts';
import type { OpenedComment } from '../../../contract/recording-review.ts';
import { COMMENT_MAX_CHARS } from '../../../contract/recording-review.ts';
import type { Loadable } from '../../app/loadable.ts';
import { dateAndTime, positionText } from '../../app/duration-words.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { Loaded } from '../../design/state-note.tsx';
import type { ReviewAnswer } from '../decisions/use-review.ts';
import type { ReplayScheduler } from '../replay-scheduler.ts';
import { useReplayFact } from '../use-player.ts';
import { t } from '../../texts/t.ts';
import './comments.css';

interface CommentPanelProps {
  readonly recordingId: string;
  readonly review: Loadable<ReviewAnswer>;
  readonly scheduler: ReplayScheduler;
  readonly onChanged: () => void;
}

/** What reviewers wrote about moments of the recording: sealed to its recipients, so that the server holds no word of it. */
export function CommentPanel({ recordingId, review, scheduler, onChanged }: CommentPanelProps) {
  return (
    <section className="stack" aria-labelledby="comment-panel">
      <h2 id="comment-panel">{t.comments.title}</h2>
      <Loaded of={review} what={t.comments.them} onRetry={onChanged}>
        {({ comments }) => (
          <>
            {comments.length === 0 ? (
              <p className="muted">{t.comments.none}</p>
            ) : (
              <ol className="comments" aria-label={t.comments.byTime}>
                {comments
                  .toSorted((a, b) => a.momentMs - b.momentMs)
                  .map(comment => (
                    <Comment
                      key={comment.id}
                      comment={comment}
                      onGo={() => void scheduler.seek(comment.momentMs)}
                    />
                  ))}
              </ol>
            )}
            <CommentForm recordingId={recordingId} scheduler={scheduler} onSaved={onChanged} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Comment({ comment, onGo }: { readonly comment: OpenedComment; readonly onGo: () => void }) {
  const { by, atMs, momentMs, text, problem, authorship } = comment;
  return (
    <li data-testid={`comment-${comment.id}`}>
      <p className="row">
        {text !== null && (
          <AriaButton
            className="comment-moment"
            aria-label={t.comments.goTo(positionText(momentMs))}
            onPress={onGo}
          >
            {positionText(momentMs)}
          </AriaButton>
        )}
        <strong>{by.name}</strong>
        {text !== null && authorship !== 'signed' && (
          <Badge tone={authorship === 'foreign' ? 'danger' : 'warn'}>{t.comments.notProven}</Badge>
        )}
      </p>
      {text === null ? <p className="field-problem">{problem}</p> : <p className="comment-text">{text}</p>}
      {text !== null && authorship !== 'signed' && (
        <p className="small muted">{authorship === 'unsigned' ? t.comments.unsigned : t.comments.foreign}</p>
      )}
      <p className="small muted">{dateAndTime(atMs)}</p>
    </li>
  );
}

interface CommentFormProps {
  readonly recordingId: string;
  readonly scheduler: ReplayScheduler;
  readonly onSaved: () => void;
}

function CommentForm({ recordingId, scheduler, onSaved }: CommentFormProps) {
  const { bridge } = useServices();
  const { isBusy, run } = useAction();
  const [text, setText] = useState('');
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const seconds = useReplayFact(scheduler, state => Math.floor(state.positionMs / 1000));
  const momentMs = heldMs ?? seconds * 1000;
  const write = (written: string) => {
    // the moment is the one at which writing began, also when the replay goes on
    if (written.trim() === '') setHeldMs(null);
    else if (heldMs === null) setHeldMs(scheduler.get().positionMs);
    setText(written);
  };
  const save = async () => {
    const made = await run(() =>
      bridge.request('review.comment', { recordingId: RecordingId.parse(recordingId), momentMs, text }),
    );
    if (made === null) return;
    setText('');
    setHeldMs(null);
    onSaved();
  };
  return (
    <div className="stack">
      <TextField
        label={t.comments.commentAt(positionText(momentMs))}
        value={text}
        onChange={write}
        isMultiline
        maxLength={COMMENT_MAX_CHARS}
        placeholder={t.comments.placeholder}
      />
      <Button isDisabled={text.trim() === ''} isPending={isBusy} onPress={() => void save()}>
        {isBusy ? t.comments.sealing : t.comments.add}
      </Button>
    </div>
  );
}
