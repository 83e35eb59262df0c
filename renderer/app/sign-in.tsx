import { ExternalLink, LogIn, MonitorSmartphone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PendingSignInView } from '../../contract/ipc.ts';
import type { SignInOffer } from '../../contract/sign-in.ts';
import { Button } from '../design/button.tsx';
import { useServices } from './services-context.tsx';
import { t } from '../texts/t.ts';

interface SignInProps {
  /** as it is typed; asked once it is whole and rests */
  readonly serverUrl: string;
  readonly onSignedIn?: () => void;
}

const REST_MS = 400;

/** The way in through the identity provider of a server, where it has one; nothing where it has none. */
export function SignIn({ serverUrl, onSignedIn }: SignInProps) {
  const services = useServices();
  const { bridge } = services;
  const [offer, setOffer] = useState<SignInOffer['provider']>(null);
  const [pending, setPending] = useState<PendingSignInView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    setOffer(null);
    if (!URL.canParse(serverUrl)) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void bridge.request('account.signInOffer', { serverUrl }).then(outcome => {
        // A server that is not there is said where the code is sent.
        if (isCurrent) setOffer(outcome.ok ? outcome.value.provider : null);
      });
    }, REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [bridge, serverUrl]);

  const signInId = pending?.id;
  useEffect(() => {
    if (signInId === undefined) return undefined;
    let isCurrent = true;
    const ask = async () => {
      while (isCurrent) {
        const outcome = await bridge.request('account.waitForSignIn', { signInId });
        if (!isCurrent) return;
        if (!outcome.ok) {
          setProblem(outcome.error.message);
          setPending(null);
        } else if (outcome.value !== null) {
          services.adopt(outcome.value);
          setPending(null);
          onSignedIn?.();
        } else continue;
        return;
      }
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [bridge, services, signInId, onSignedIn]);

  const start = async (flow: 'browser' | 'device') => {
    setProblem(null);
    setBusy(true);
    const outcome = await bridge.request('account.startSignIn', { serverUrl, flow });
    setBusy(false);
    if (outcome.ok) setPending(outcome.value);
    else setProblem(outcome.error.message);
  };
  const cancel = () => {
    if (pending !== null) void bridge.request('account.cancelSignIn', { signInId: pending.id });
    setPending(null);
  };

  if (offer === null) return null;
  return (
    <>
      <section className="stack sign-in" aria-label={t.app.signInAt(offer.name)}>
        {pending === null ? (
          <div className="row">
            <Button tone="primary" icon={LogIn} isPending={isBusy} onPress={() => void start('browser')}>
              {t.app.signInAt(offer.name)}
            </Button>
            {offer.hasDeviceFlow && (
              <Button icon={MonitorSmartphone} isPending={isBusy} onPress={() => void start('device')}>
                {t.app.onAnotherDevice}
              </Button>
            )}
          </div>
        ) : (
          <Waiting pending={pending} onCancel={cancel} />
        )}
        {problem !== null && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </section>
      <p className="muted">{t.app.orEnrol}</p>
    </>
  );
}

function Waiting({
  pending,
  onCancel,
}: {
  readonly pending: PendingSignInView;
  readonly onCancel: () => void;
}) {
  return (
    <div className="stack" role="status">
      {pending.userCode === null ? (
        <p>{t.app.signInOnPage}</p>
      ) : (
        <>
          <p>{t.app.signInOnDevice}</p>
          <p className="mono sign-in-code">{pending.userCode}</p>
          <p className="small mono break">{pending.url}</p>
        </>
      )}
      <div className="row">
        <a
          className="button"
          data-tone="primary"
          href={pending.url}
          target="_blank"
          rel="noopener noreferrer"
        >
          <ExternalLink size={16} aria-hidden />
          {t.app.openSignInPage}
        </a>
        <Button onPress={onCancel}>{t.common.cancel}</Button>
      </div>
    </div>
  );
}
