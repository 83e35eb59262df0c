import type { FormEvent } from 'react';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Logo } from './logo.tsx';
import { SignIn } from './sign-in.tsx';
import { useServices } from './services-context.tsx';

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
        <p>
          Temporary access to production: granted for a reason, for a time, recorded, with personal data
          hidden. Enrol this machine once to begin.
        </p>
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
  const urlProblem =
    wasSent && !URL.canParse(serverUrl)
      ? 'Write the whole address, beginning with https:// or http://.'
      : null;
  const codeProblem =
    wasSent && code.trim().length < 8
      ? 'The code has at least 8 characters; ask your administrator for a new one.'
      : null;

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
        label="Server address"
        type="url"
        value={serverUrl}
        onChange={setServerUrl}
        placeholder="https://access.example.com"
        error={urlProblem}
        isRequired
      />
      <SignIn serverUrl={serverUrl} {...(onEnrolled === undefined ? {} : { onSignedIn: onEnrolled })} />
      <TextField
        label="One-time code"
        value={code}
        onChange={setCode}
        hint="From your administrator. It works once; the key that it confirms never leaves this machine."
        error={codeProblem ?? problem}
        isRequired
      />
      <Button type="submit" tone="primary" isPending={isBusy}>
        {isBusy ? 'Enrolling…' : 'Enrol this machine'}
      </Button>
    </form>
  );
}
