import { Button as AriaButton } from 'react-aria-components';
import { positionText } from '../app/duration-words.ts';
import type { Chapter } from './marks.ts';
import { currentMark } from './marks.ts';
import type { ReplayScheduler } from './replay-scheduler.ts';
import { useReplayFact } from './use-player.ts';
import { t } from '../texts/t.ts';
import { tenths } from '../texts/format.ts';

interface ChapterListProps {
  readonly chapters: readonly Chapter[];
  readonly scheduler: ReplayScheduler;
}

/** Commands and statements as chapters: when each was entered, how it ended where the shell tells it. */
export function ChapterList({ chapters, scheduler }: ChapterListProps) {
  const current = useReplayFact(scheduler, state => currentMark(chapters, state.positionMs));
  return (
    <section className="mark-list" aria-labelledby="chapter-list">
      <h2 id="chapter-list">{t.player.commandsTitle}</h2>
      {chapters.length === 0 ? (
        <p className="muted">{t.player.noCommand}</p>
      ) : (
        <ol className="marks">
          {chapters.map((chapter, index) => (
            <li key={`${chapter.atMs}-${index}`}>
              <AriaButton
                className="mark"
                data-lane={chapter.exitCode === null || chapter.exitCode === 0 ? 'command' : 'alert'}
                aria-current={index === current ? 'step' : false}
                onPress={() => void scheduler.seek(chapter.atMs)}
              >
                <span className="mark-time">{positionText(chapter.atMs)}</span>
                <span>
                  <code className="break chapter-text">{chapter.text}</code>
                  <small className="mark-reason">{endWords(chapter)}</small>
                </span>
              </AriaButton>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function endWords({ language, exitCode, tookMs }: Chapter): string {
  const what = language === 'sql' ? t.player.statement : t.player.command;
  if (tookMs === null) return what;
  const time = tookMs < 1_000 ? `${tookMs} ms` : `${tenths(tookMs / 1_000)} s`;
  return exitCode === null ? `${what}, ${time}` : t.player.exited(what, String(exitCode), time);
}
