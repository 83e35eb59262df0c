import { CircleOff, Pencil, Plug, Plus, Power, RefreshCw, ServerOff } from 'lucide-react';
import { useState } from 'react';
import type { TargetProbe } from '../../contract/target-record.ts';
import type { TargetSummary } from '../../contract/server-api.ts';
import { durationWords } from '../app/duration-words.ts';
import { useList, useServices } from '../app/services-context.tsx';
import { useServerReturn } from '../app/use-server-return.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { scopeWords } from '../launcher/scope-words.ts';
import { DisableTargetDialog } from './disable-target-dialog.tsx';
import { TargetDialog } from './target-dialog.tsx';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

type Edited = { readonly target: TargetSummary | null };

/** Every target: what it is, whether its address answers, and its terms. */
export function Targets() {
  const { targets } = useServices();
  const list = useList(targets);
  const reload = () => void targets.load();
  useServerReturn(reload);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [switched, setSwitched] = useState<TargetSummary | null>(null);
  return (
    <section aria-labelledby="admin-targets">
      <div className="section-head">
        <h2 id="admin-targets" className="grow">
          {t.admin.targets}
        </h2>
        <Button tone="quiet" icon={RefreshCw} onPress={reload}>
          {t.common.refresh}
        </Button>
        <Button tone="primary" icon={Plus} onPress={() => setEdited({ target: null })}>
          {t.admin.addTarget}
        </Button>
      </div>
      <Loaded of={list} what={t.admin.theTargets} onRetry={reload}>
        {all =>
          all.length === 0 ? (
            <StateNote title={t.admin.noTargets} icon={ServerOff}>
              {t.admin.noTargetsMeans}
            </StateNote>
          ) : (
            <ul className="lines" aria-label={t.admin.targets}>
              {all.map(target => (
                <TargetLine
                  key={target.id}
                  target={target}
                  onEdit={() => setEdited({ target })}
                  onSwitch={() => setSwitched(target)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited !== null && (
        <TargetDialog target={edited.target} onClose={() => setEdited(null)} onSaved={reload} />
      )}
      {switched !== null && (
        <DisableTargetDialog target={switched} onClose={() => setSwitched(null)} onChanged={reload} />
      )}
    </section>
  );
}

interface TargetLineProps {
  readonly target: TargetSummary;
  readonly onEdit: () => void;
  readonly onSwitch: () => void;
}

function TargetLine({ target, onEdit, onSwitch }: TargetLineProps) {
  const { bridge, notices } = useServices();
  const [probe, setProbe] = useState<TargetProbe | 'asked' | null>(null);
  const test = async () => {
    setProbe('asked');
    const outcome = await bridge.request('targets.probe', { targetId: target.id });
    setProbe(outcome.ok ? outcome.value : null);
    if (!outcome.ok) notices.add('error', outcome.error.message);
  };
  const scope = scopeWords(target.scope);
  const { disabled } = target;
  return (
    <li className="line" data-testid={`target-${target.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={target.environment} />
          <strong className="break">{target.name}</strong>
          <span className="mono muted break">{target.id}</span>
          {disabled !== undefined && <Badge tone="danger">{t.admin.isDisabled}</Badge>}
        </p>
        <p className="small muted break">
          {t.admin.targetFacts(
            target.kind,
            <span className="mono">{target.host}</span>,
            target.accounts.join(', '),
            durationWords(target.maxMinutes * 60_000),
          )}
          {target.review.groups.length > 0 && ` · ${t.admin.forReviewers(target.review.groups.join(', '))}`}
          {target.description !== '' && ` · ${target.description}`}
        </p>
        {disabled !== undefined && (
          <p className="small break">{t.admin.targetDisabledBy(disabled.by, disabled.reason)}</p>
        )}
        {scope !== null && <p className="small muted break">{scope}</p>}
        <p role="status" className="small break">
          {probe === 'asked' && <span className="muted">{t.admin.probing}</span>}
          {probe !== null && probe !== 'asked' && (
            <>
              <Badge tone={probe.isReachable ? 'ok' : 'danger'}>
                {probe.isReachable ? t.admin.answers : t.admin.answersNot}
              </Badge>{' '}
              {probe.said}{' '}
              {probe.tookMs > 0 && <span className="muted">{t.admin.took(number(probe.tookMs))}</span>}
            </>
          )}
        </p>
      </div>
      <div className="target-actions">
        <Button
          icon={Plug}
          isPending={probe === 'asked'}
          aria-label={t.admin.testOf(target.name)}
          onPress={() => void test()}
        >
          {t.admin.test}
        </Button>
        <Button icon={Pencil} aria-label={t.admin.editTarget(target.name)} onPress={onEdit}>
          {t.admin.edit}
        </Button>
        <Button
          icon={disabled === undefined ? CircleOff : Power}
          aria-label={
            disabled === undefined ? t.admin.disableTarget(target.name) : t.admin.enableTarget(target.name)
          }
          onPress={onSwitch}
        >
          {disabled === undefined ? t.admin.disable : t.admin.enable}
        </Button>
      </div>
    </li>
  );
}
