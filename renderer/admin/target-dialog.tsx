import { useMemo, useState } from 'react';
import type { TargetKind } from '../../contract/grant.ts';
import type { TargetRecord } from '../../contract/target-record.ts';
import type { TargetSummary } from '../../contract/server-api.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Button } from '../design/button.tsx';
import { Segments } from '../design/choice.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { Loaded } from '../design/state-note.tsx';
import { CredentialFields } from './credential-fields.tsx';
import type { Credential } from './target-text.ts';
import { newTargetText, readTargetText } from './target-text.ts';
import { t } from '../texts/t.ts';

interface TargetDialogProps {
  /** null: a new one */
  readonly target: TargetSummary | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const KINDS = ['ssh', 'postgres', 'mysql', 'redis', 'local'] as const satisfies readonly TargetKind[];

export function TargetDialog({ target, onClose, onSaved }: TargetDialogProps) {
  return (
    <ModalDialog
      title={target === null ? t.admin.addTarget : t.admin.editTarget(target.name)}
      onClose={onClose}
      widthRem={52}
    >
      {target === null ? (
        <NewTarget onClose={onClose} onSaved={onSaved} />
      ) : (
        <KnownTarget target={target} onClose={onClose} onSaved={onSaved} />
      )}
    </ModalDialog>
  );
}

type FormEnds = Pick<TargetDialogProps, 'onClose' | 'onSaved'>;

function NewTarget(ends: FormEnds) {
  const [kind, setKind] = useState<TargetKind>('ssh');
  return (
    <>
      <Segments
        label={t.admin.kindOfTarget}
        choices={KINDS.map(id => ({ id, label: t.targetKinds[id] }))}
        selected={kind}
        onSelect={setKind}
      />
      <TargetForm key={kind} kind={kind} text={newTargetText(kind)} record={null} {...ends} />
    </>
  );
}

function KnownTarget({ target, ...ends }: FormEnds & { readonly target: TargetSummary }) {
  const input = useMemo(() => ({ targetId: target.id }), [target.id]);
  const [answer, reload] = useAnswer('targets.read', input);
  return (
    <Loaded of={answer} what={t.admin.theTerms} onRetry={reload}>
      {record => (
        <TargetForm
          key={record.updatedAtMs}
          kind={record.terms.target.kind}
          text={JSON.stringify(record.terms, null, 2)}
          record={record}
          {...ends}
        />
      )}
    </Loaded>
  );
}

interface TargetFormProps extends FormEnds {
  readonly kind: TargetKind;
  readonly text: string;
  readonly record: TargetRecord | null;
}

function TargetForm({ kind, text: initial, record, onClose, onSaved }: TargetFormProps) {
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const [text, setText] = useState(initial);
  const [credential, setCredential] = useState<Credential>({ kind: record === null ? 'none' : 'keep' });
  const reading = readTargetText(text, credential);
  const isRenamed = reading.ok && record !== null && reading.input.target.id !== record.terms.target.id;
  const problems = [...(reading.ok ? [] : reading.problems), ...(isRenamed ? [t.admin.idStays] : [])];
  const save = async () => {
    if (!reading.ok || problems.length > 0) return;
    const saved = await run(() => bridge.request('targets.put', reading.input));
    if (saved === null) return;
    notices.add('info', t.admin.targetSaved(saved.name));
    onSaved();
    onClose();
  };
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="field">
        <label htmlFor="target-terms">{t.admin.terms}</label>
        <textarea
          id="target-terms"
          className="input mono target-terms"
          spellCheck={false}
          wrap="off"
          aria-describedby="target-problems"
          aria-invalid={problems.length > 0}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </div>
      <ul id="target-problems" className="stack" role="status">
        {problems.map(problem => (
          <li key={problem} className="field-problem break">
            {problem}
          </li>
        ))}
      </ul>
      <CredentialFields kind={kind} record={record} credential={credential} onChange={setCredential} />
      <div className="actions">
        <Button onPress={onClose}>{t.common.cancel}</Button>
        <Button type="submit" tone="primary" isDisabled={problems.length > 0} isPending={isBusy}>
          {record === null ? t.admin.addIt : t.admin.save}
        </Button>
      </div>
    </form>
  );
}
