import { Pencil, Plug, Plus, RefreshCw, ServerOff } from 'lucide-react';
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
import { TargetDialog } from './target-dialog.tsx';

type Edited = { readonly target: TargetSummary | null };

/** Every target: what it is, whether its address answers, and its terms. */
export function Targets() {
  const { targets } = useServices();
  const list = useList(targets);
  const reload = () => void targets.load();
  useServerReturn(reload);
  const [edited, setEdited] = useState<Edited | null>(null);
  return (
    <section aria-labelledby="admin-targets">
      <div className="section-head">
        <h2 id="admin-targets" className="grow">
          Targets
        </h2>
        <Button tone="quiet" icon={RefreshCw} onPress={reload}>
          Refresh
        </Button>
        <Button tone="primary" icon={Plus} onPress={() => setEdited({ target: null })}>
          Add a target
        </Button>
      </div>
      <Loaded of={list} what="the targets" onRetry={reload}>
        {all =>
          all.length === 0 ? (
            <StateNote title="There are no targets yet" icon={ServerOff}>
              Add the first one: a host or a database that people may ask for, with what is masked there.
            </StateNote>
          ) : (
            <ul className="lines" aria-label="Targets">
              {all.map(target => (
                <TargetLine key={target.id} target={target} onEdit={() => setEdited({ target })} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited !== null && (
        <TargetDialog target={edited.target} onClose={() => setEdited(null)} onSaved={reload} />
      )}
    </section>
  );
}

function TargetLine({ target, onEdit }: { readonly target: TargetSummary; readonly onEdit: () => void }) {
  const { bridge, notices } = useServices();
  const [probe, setProbe] = useState<TargetProbe | 'asked' | null>(null);
  const test = async () => {
    setProbe('asked');
    const outcome = await bridge.request('targets.probe', { targetId: target.id });
    setProbe(outcome.ok ? outcome.value : null);
    if (!outcome.ok) notices.add('error', outcome.error.message);
  };
  const scope = scopeWords(target.scope);
  return (
    <li className="line" data-testid={`target-${target.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={target.environment} />
          <strong className="break">{target.name}</strong>
          <span className="mono muted break">{target.id}</span>
        </p>
        <p className="small muted break">
          {target.kind} on <span className="mono">{target.host}</span> as {target.accounts.join(', ')} · at
          most {durationWords(target.maxMinutes * 60_000)}
          {target.review.groups.length > 0 && ` · for reviewers in ${target.review.groups.join(', ')}`}
          {target.description !== '' && ` · ${target.description}`}
        </p>
        {scope !== null && <p className="small muted break">{scope}</p>}
        <p role="status" className="small break">
          {probe === 'asked' && <span className="muted">Trying from this machine …</span>}
          {probe !== null && probe !== 'asked' && (
            <>
              <Badge tone={probe.isReachable ? 'ok' : 'danger'}>
                {probe.isReachable ? 'answers' : 'does not answer'}
              </Badge>{' '}
              {probe.said} {probe.tookMs > 0 && <span className="muted">({probe.tookMs} ms)</span>}
            </>
          )}
        </p>
      </div>
      <div className="target-actions">
        <Button
          icon={Plug}
          isPending={probe === 'asked'}
          aria-label={`Test the connection to ${target.name}`}
          onPress={() => void test()}
        >
          Test
        </Button>
        <Button icon={Pencil} aria-label={`Edit ${target.name}`} onPress={onEdit}>
          Edit
        </Button>
      </div>
    </li>
  );
}
