import { CircleCheck, Download, FlaskConical, RotateCcw, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PolicyReplayRow } from '../../contract/access-policy.ts';
import type { PolicyCheck } from '../../contract/ipc-administration.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useServerReturn } from '../app/use-server-return.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { saveFile } from '../review/save-file.ts';
import { PolicyDryRun } from './policy-dry-run.tsx';
import { lineStart, NEW_POLICY } from './policy-text.ts';
import { t } from '../texts/t.ts';

const NOTHING = {} as const;
const REST_MS = 400;
const DRY_RUN_ROWS = 200;

/** The policy in force, and a draft of another: checked while it is typed, and tried against what people asked for before. */
export function PolicyEditor() {
  const [answer, reload] = useAnswer('policy.read', NOTHING);
  useServerReturn(reload);
  return (
    <Loaded of={answer} what={t.admin.thePolicy} onRetry={reload}>
      {({ policy }) => (
        <>
          {policy === null ? (
            <StateNote title={t.admin.noPolicy}>{t.admin.noPolicyMeans}</StateNote>
          ) : (
            <p className="row">
              <Badge tone="ok">{t.admin.inForce}</Badge>
              {t.admin.since(dateAndTime(policy.appliedAtMs))}
              <span className="mono small muted">{t.admin.digest(policy.digest.slice(0, 16))}</span>
            </p>
          )}
          <Draft key={policy?.digest ?? 'none'} inForce={policy?.source ?? null} />
        </>
      )}
    </Loaded>
  );
}

function Draft({ inForce }: { readonly inForce: string | null }) {
  const { bridge } = useServices();
  const { isBusy, run } = useAction();
  const [source, setSource] = useState(inForce ?? NEW_POLICY);
  const check = usePolicyCheck(source);
  const [rows, setRows] = useState<readonly PolicyReplayRow[] | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const isValid = check !== null && check.problems.length === 0;

  const test = async () => {
    const answer = await run(() => bridge.request('policy.test', { source, limit: DRY_RUN_ROWS }));
    if (answer !== null) setRows(answer.rows);
  };
  const goTo = useCallback(
    (line: number) => {
      const { from, to } = lineStart(source, line);
      field.current?.focus();
      field.current?.setSelectionRange(from, to);
    },
    [source],
  );
  return (
    <section className="section" aria-labelledby="policy-draft">
      <h2 id="policy-draft">{source === inForce ? t.admin.policy : t.admin.draft}</h2>
      <div className="policy-editor">
        <div className="field">
          <label htmlFor="policy-source">{t.admin.rules}</label>
          <textarea
            ref={field}
            id="policy-source"
            className="input mono policy-source"
            spellCheck={false}
            wrap="off"
            aria-describedby="policy-state"
            aria-invalid={check !== null && !isValid}
            value={source}
            onChange={event => {
              setSource(event.target.value);
              setRows(null);
            }}
          />
        </div>
        <CheckList check={check} onGoTo={goTo} />
      </div>
      <div className="row policy-actions">
        <Button
          tone="primary"
          icon={FlaskConical}
          isDisabled={!isValid}
          isPending={isBusy}
          onPress={() => void test()}
        >
          {isBusy ? t.admin.trying : t.admin.try}
        </Button>
        <Button
          icon={Download}
          isDisabled={!isValid}
          onPress={() =>
            saveFile({
              fileName: 'policy.yaml',
              content: new Blob([source], { type: 'application/yaml' }),
            })
          }
        >
          {t.admin.saveAsFile}
        </Button>
        <Button
          icon={RotateCcw}
          isDisabled={source === (inForce ?? NEW_POLICY)}
          onPress={() => {
            setSource(inForce ?? NEW_POLICY);
            setRows(null);
          }}
        >
          {inForce === null ? t.admin.beginAgain : t.admin.backToInForce}
        </Button>
      </div>
      <p className="small muted">{t.admin.putInForce()}</p>
      {rows !== null && <PolicyDryRun rows={rows} />}
    </section>
  );
}

/** Null while the text is being looked at. */
function usePolicyCheck(source: string): PolicyCheck | null {
  const { bridge } = useServices();
  const [checked, setChecked] = useState<{ readonly source: string; readonly check: PolicyCheck } | null>(
    null,
  );
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void bridge.request('policy.check', { source }).then(outcome => {
        if (isCurrent && outcome.ok) setChecked({ source, check: outcome.value });
      });
    }, REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [bridge, source]);
  return checked?.source === source ? checked.check : null;
}

interface CheckListProps {
  readonly check: PolicyCheck | null;
  readonly onGoTo: (line: number) => void;
}

function CheckList({ check, onGoTo }: CheckListProps) {
  if (check === null) {
    return (
      <p id="policy-state" className="muted" role="status">
        {t.admin.reading}
      </p>
    );
  }
  if (check.problems.length === 0) {
    return (
      <div id="policy-state" role="status" className="stack">
        <p className="row policy-valid">
          <CircleCheck size={16} aria-hidden />
          {t.admin.valid(check.rules.length, check.groups.length)}
        </p>
        {check.rules.length > 0 && (
          <ol className="policy-rules">
            {check.rules.map(name => (
              <li key={name}>{name}</li>
            ))}
          </ol>
        )}
        <p className="small muted">{t.admin.firstRule}</p>
      </div>
    );
  }
  return (
    <div id="policy-state" role="status" className="stack">
      <p className="row field-problem">
        <TriangleAlert size={16} aria-hidden />
        {t.admin.mistakes(check.problems.length)}
      </p>
      <ul className="stack">
        {check.problems.map(({ line, key, message }) => (
          <li key={`${line} ${key} ${message}`} className="policy-problem">
            <Button tone="quiet" aria-label={t.admin.goToLine(line)} onPress={() => onGoTo(line)}>
              {t.admin.line(line)}
            </Button>
            <span className="break">
              {key !== '' && <code>{key}</code>} {message}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
