import { Columns2, Eye, Lock, Rows2, Search, Square, TimerReset, X, ZoomIn, ZoomOut } from 'lucide-react';
import type { SessionView } from '../../contract/ipc.ts';
import { clockText, durationWords } from '../app/duration-words.ts';
import { useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { useAction } from '../app/use-action.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { DoorsRing } from '../design/doors-ring.tsx';
import { pendingExtension } from '../launcher/grant-groups.ts';
import { fractionLeft, urgencyOf, shortWordsAtZero } from './countdown.ts';
import { MaskedCounters } from './masked-counters.tsx';
import { RecordingLight } from './recording-light.tsx';
import type { TerminalCommand } from './terminal-keys.ts';
import { t } from '../texts/t.ts';

interface SessionBarProps {
  readonly session: SessionView;
  readonly isCovered: boolean;
  /** there are other sessions beside it */
  readonly isSplit: boolean;
  readonly onExtend: () => void;
  readonly onCommand: (command: TerminalCommand) => boolean;
}

/** Where one is, for how long still, what was hidden, whether it is recorded; and the ways to change that. */
export function SessionBar(props: SessionBarProps) {
  const { session, isCovered: covered, isSplit, onExtend, onCommand } = props;
  const { bridge, live, requests } = useServices();
  const { isBusy, run } = useAction();
  const { access, grant, sessionId } = session;
  const asked = pendingExtension(useStore(requests).value ?? [], access.grantId);
  const mirror = async (name: 'session.lock' | 'session.end') => {
    const snapshot = await run(() => bridge.request(name, { sessionId }));
    if (snapshot !== null) live.accessChanged(snapshot);
  };

  return (
    <section
      className="session-bar"
      aria-label={isSplit ? t.session.sessionOn(grant.target.name) : t.session.session}
      data-environment={grant.target.environment}
    >
      <div className="session-where">
        <EnvironmentBadge environment={grant.target.environment} />
        <strong className="break">{grant.target.name}</strong>
        <span className="mono muted">{grant.account}</span>
      </div>
      <Countdown session={session} isCovered={covered} />
      <div className="session-facts">
        <MaskedCounters
          counts={session.masked}
          reasons={session.maskReasons ?? []}
          policy={grant.target.redaction}
        />
        <RecordingLight health={session.recording} />
        <Watchers names={session.watchers ?? []} />
      </div>
      {!covered && (
        <div className="session-actions">
          <span className="session-tools">
            <IconButton
              icon={Search}
              label={t.session.search}
              keys="Ctrl+Shift+F"
              onPress={() => onCommand('search')}
            />
            <IconButton
              icon={ZoomOut}
              label={t.session.smallerText}
              keys="Ctrl −"
              onPress={() => onCommand('smaller')}
            />
            <IconButton
              icon={ZoomIn}
              label={t.session.largerText}
              keys="Ctrl +"
              onPress={() => onCommand('larger')}
            />
            <IconButton
              icon={Columns2}
              label={t.session.splitRight}
              keys="Ctrl+Shift+E"
              onPress={() => onCommand('split-right')}
            />
            <IconButton
              icon={Rows2}
              label={t.session.splitBelow}
              keys="Ctrl+Shift+O"
              onPress={() => onCommand('split-below')}
            />
          </span>
          {asked !== null ? (
            <Badge tone="warn">{t.session.moreAskedFor(durationWords(asked.durationS * 1000))}</Badge>
          ) : (
            <Button icon={TimerReset} isDisabled={access.extensionsLeft === 0} onPress={onExtend}>
              {access.extensionsLeft === 0 ? t.session.noExtensionLeft : t.session.extend}
            </Button>
          )}
          <Button icon={Lock} isPending={isBusy} onPress={() => void mirror('session.lock')}>
            {t.session.lock}
          </Button>
          <Button tone="danger" icon={Square} isPending={isBusy} onPress={() => void mirror('session.end')}>
            {t.session.end}
          </Button>
        </div>
      )}
      {isSplit && (
        <span className="session-close">
          <IconButton
            icon={X}
            label={t.session.closePane}
            keys="Ctrl+Shift+X"
            onPress={() => onCommand('close')}
          />
        </span>
      )}
    </section>
  );
}

/** Who watches live, where the target's terms let the operator know. */
function Watchers({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="watchers" role="status">
      {names.length > 0 && (
        <>
          <Eye size={15} aria-hidden /> {t.session.watch(names.length, names.join(', '))}
        </>
      )}
    </span>
  );
}

function Countdown({ session, isCovered }: { readonly session: SessionView; readonly isCovered: boolean }) {
  const nowMs = useServerNow(250);
  const { access, grant } = session;
  const leftMs = Math.max(0, access.expiresAtMs - nowMs);
  const totalMs = access.expiresAtMs - grant.issuedAtMs;
  const urgency = urgencyOf(leftMs, totalMs);
  return (
    <div
      className="countdown"
      data-urgency={urgency}
      role="timer"
      aria-label={t.session.timeLeft}
      aria-live="off"
      data-testid="countdown"
    >
      <DoorsRing fraction={fractionLeft(leftMs, totalMs)} urgency={urgency} sizePx={24} />
      <strong>{clockText(leftMs)}</strong>
      {urgency !== 'calm' && !isCovered && (
        <span className="countdown-words">{shortWordsAtZero(access)}</span>
      )}
    </div>
  );
}
