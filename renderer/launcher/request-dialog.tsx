import type { FormEvent } from 'react';
import { useState } from 'react';
import type { GrantRecord, TargetSummary } from '../../contract/server-api.ts';
import { canBeReadOnly } from '../../core/access/read-only.ts';
import { durationWords, shortDuration } from '../app/duration-words.ts';
import { useList, useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { DropDown, Segments } from '../design/choice.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { Switch, TextField } from '../design/field.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { DURATION_PRESETS_S, readDuration } from './duration-input.ts';
import { PolicyPreview } from './policy-preview.tsx';
import { scopeWords } from './scope-words.ts';
import { TargetPicker } from './target-picker.tsx';
import { t } from '../texts/t.ts';

interface RequestDialogProps {
  readonly onClose: () => void;
  /** the running grant that more time is asked for; its target and account stay */
  readonly extending?: GrantRecord;
  /** chosen already, where there is such a target */
  readonly targetId?: string;
}

export function RequestDialog({ onClose, extending, targetId }: RequestDialogProps) {
  const { targets } = useServices();
  const list = useList(targets);
  return (
    <ModalDialog
      title={
        extending === undefined ? t.launcher.requestAccess : t.launcher.extendTarget(extending.target.name)
      }
      onClose={onClose}
      widthRem={40}
    >
      {extending !== undefined ? (
        <RequestForm targets={[extending.target]} extending={extending} onClose={onClose} />
      ) : (
        <Loaded of={list} what={t.launcher.theTargets} onRetry={() => void targets.load()}>
          {known =>
            known.length === 0 ? (
              <StateNote title={t.launcher.noTargets}>{t.launcher.noTargetsMeans}</StateNote>
            ) : (
              <RequestForm
                targets={known}
                onClose={onClose}
                {...(targetId === undefined ? {} : { targetId })}
              />
            )
          }
        </Loaded>
      )}
    </ModalDialog>
  );
}

interface RequestFormProps extends RequestDialogProps {
  readonly targets: readonly TargetSummary[];
}

const CUSTOM = 'custom';

function RequestForm({ targets, extending, targetId, onClose }: RequestFormProps) {
  const { bridge, requests, notices } = useServices();
  const only =
    targets.length === 1 ? (targets[0] ?? null) : (targets.find(({ id }) => id === targetId) ?? null);
  const [target, setTarget] = useState<TargetSummary | null>(only);
  const [account, setAccount] = useState<string | null>(extending?.account ?? only?.accounts[0] ?? null);
  const [reason, setReason] = useState(extending?.reason ?? '');
  const [ticket, setTicket] = useState('');
  const [preset, setPreset] = useState<string>(String(DURATION_PRESETS_S[0]));
  const [custom, setCustom] = useState('');
  const [isReadOnly, setReadOnly] = useState(false);
  const [wasSent, setWasSent] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  // An extension keeps the scope of the session that runs.
  const offersReadOnly = extending === undefined && target !== null && canBeReadOnly(target.kind);
  const limits = target === null ? null : scopeWords(target.scope);
  const maxSeconds = (target?.maxMinutes ?? 24 * 60) * 60;
  const presets = DURATION_PRESETS_S.filter(seconds => seconds <= maxSeconds).map(seconds => ({
    id: String(seconds),
    label: shortDuration(seconds * 1000),
  }));
  const chosen = preset === CUSTOM || !presets.some(({ id }) => id === preset) ? CUSTOM : preset;
  const duration =
    chosen === CUSTOM ? readDuration(custom, maxSeconds) : { ok: true as const, seconds: Number(chosen) };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWasSent(true);
    if (target === null || account === null || !duration.ok || reason.trim() === '') return;
    setBusy(true);
    const outcome = await bridge.request('requests.create', {
      targetId: target.id,
      account,
      reason,
      durationS: duration.seconds,
      readOnly: isReadOnly && offersReadOnly,
      ...(ticket.trim() === '' ? {} : { ticket: ticket.trim() }),
      ...(extending === undefined ? {} : { supersedes: extending.id }),
    });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.error.message);
      return;
    }
    requests.put(outcome.value);
    notices.add('info', t.launcher.wasAsked(durationWords(duration.seconds * 1000), target.name));
    onClose();
  };

  return (
    <form className="stack request-form" onSubmit={event => void submit(event)} noValidate>
      {extending === undefined && (
        <TargetPicker
          targets={targets}
          selectedId={target?.id ?? null}
          onSelect={next => {
            setTarget(next);
            setAccount(next?.accounts[0] ?? null);
          }}
        />
      )}
      {wasSent && target === null && <p className="field-problem">{t.launcher.chooseTarget}</p>}
      {extending === undefined && target !== null && (
        <DropDown
          label={t.launcher.account}
          choices={target.accounts.map(name => ({ id: name, label: name }))}
          selected={account}
          onSelect={setAccount}
        />
      )}
      <TextField
        label={t.common.reason}
        value={reason}
        onChange={setReason}
        isMultiline
        isRequired
        maxLength={1000}
        placeholder={t.launcher.reasonHint}
        error={wasSent && reason.trim() === '' ? t.launcher.reasonMissing : null}
      />
      <TextField
        label={t.launcher.ticketIfAny}
        value={ticket}
        onChange={setTicket}
        maxLength={200}
        // eslint-disable-next-line no-restricted-syntax -- a number of a ticket, the same in every language
        placeholder="OPS-1234"
      />
      <div className="field">
        <span className="label">{extending === undefined ? t.launcher.howLong : t.launcher.howMuchMore}</span>
        <div className="row">
          <Segments
            label={t.launcher.howLong}
            choices={[...presets, { id: CUSTOM, label: t.launcher.other }]}
            selected={chosen}
            onSelect={setPreset}
          />
        </div>
        {chosen === CUSTOM && (
          <TextField
            label={t.launcher.length}
            value={custom}
            onChange={setCustom}
            placeholder={t.launcher.lengthExamples}
            hint={t.launcher.lengthHint(durationWords(maxSeconds * 1000))}
            error={(wasSent || custom !== '') && !duration.ok ? duration.message : null}
          />
        )}
      </div>
      {offersReadOnly && (
        <Switch isSelected={isReadOnly} onChange={setReadOnly}>
          {t.launcher.readOnlyIsEnough}
        </Switch>
      )}
      {target !== null && <PolicyPreview policy={target.redaction} />}
      {limits !== null && <p className="small muted break">{t.launcher.limitsOfTarget(limits)}</p>}
      {problem !== null && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        <Button onPress={onClose}>{t.common.cancel}</Button>
        <Button type="submit" tone="primary" isPending={isBusy}>
          {isBusy ? t.launcher.sending : extending === undefined ? t.launcher.send : t.launcher.askForMore}
        </Button>
      </div>
    </form>
  );
}
