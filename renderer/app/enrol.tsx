import type { FormEvent } from 'react';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Logo } from './logo.tsx';
import { SignIn } from './sign-in.tsx';
import { useServices } from './services-context.tsx';
import { t } from '../texts/t.ts';

interface EnrolFormProps {
  readonly onEnrolled?: () => void;
}

/** First run: this machine becomes a device of somebody's account. */
export function Enrol() {
  return (
    <main className="enrol">
      <div className="stack">
        <div className="row enrol-brand">
          <Logo sizePx={40} />
          <h1>Sallyport</h1>
        </div>
        <p>{t.app.about}</p>
        <EnrolForm />
      </div>
    </main>
  );
}

export function EnrolForm({ onEnrolled }: EnrolFormProps) {
  const services = useServices();
  const [serverUrl, setServerUrl] = useState(() => services.app.get().value?.server.url ?? '');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [wasSent, setWasSent] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const urlProblem = wasSent && !URL.canParse(serverUrl) ? t.app.addressIsNone : null;
  const codeProblem = wasSent && code.trim().length < 8 ? t.app.codeIsShort : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWasSent(true);
    if (!URL.canParse(serverUrl) || code.trim().length < 8) return;
    setBusy(true);
    const outcome = await services.bridge.request('account.enrol', { serverUrl, code: code.trim() });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.error.message);
      return;
    }
    services.adopt(outcome.value);
    onEnrolled?.();
  };

  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <TextField
        label={t.app.serverAddress}
        type="url"
        value={serverUrl}
        onChange={setServerUrl}
        // eslint-disable-next-line no-restricted-syntax -- an address, the same in every language
        placeholder="https://access.example.com"
        error={urlProblem}
        isRequired
      />
      <SignIn serverUrl={serverUrl} {...(onEnrolled === undefined ? {} : { onSignedIn: onEnrolled })} />
      <TextField
        label={t.app.oneTimeCode}
        value={code}
        onChange={setCode}
        hint={t.app.codeHint}
        error={codeProblem ?? problem}
        isRequired
      />
      <Button type="submit" tone="primary" isPending={isBusy}>
        {isBusy ? t.app.enrolling : t.app.enrol}
      </Button>
    </form>
  );
}
