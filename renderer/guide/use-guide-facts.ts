import { useEffect, useState } from 'react';
import type { RequestInputOf, RequestName, RequestOutputOf } from '../../contract/ipc.ts';
import type { Role } from '../../contract/server-api.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import type { GuideFacts } from './guide-steps.ts';

/** What the guides of these roles go by; the lists are loaded by the launcher around them, the rest is asked for by who may. */
export function useGuideFacts(roles: readonly Role[]): GuideFacts {
  const services = useServices();
  const account = useAccount();
  const isReviewer = roles.includes('reviewer');
  const isAdministrator = roles.includes('administrator');
  const { notifications } = useStore(services.preferences);
  const permission = useStore(services.notifier.permission);
  const identity = useFact('identity.state', isReviewer);
  const keys = useFact('keys.list', isReviewer || isAdministrator);
  const accounts = useFact('accounts.list', isAdministrator);
  const policy = useFact('policy.read', isAdministrator);
  const { targets, recordings } = services;
  useEffect(() => {
    if (isAdministrator) void targets.load();
    if (isReviewer) void recordings.load();
  }, [targets, recordings, isAdministrator, isReviewer]);
  return {
    account,
    requests: useStore(services.requests).value,
    grants: useStore(services.grants).value,
    sessions: useStore(services.sessions).value,
    recordings: useStore(recordings).value,
    targets: useStore(targets).value,
    identity,
    keys,
    accounts,
    hasPolicy: policy === null ? null : policy.policy !== null,
    isTold: permission === 'granted' && notifications.includes('request'),
  };
}

// every one of them takes nothing
const NOTHING = {};

type FactName = Extract<RequestName, 'identity.state' | 'keys.list' | 'accounts.list' | 'policy.read'>;

/** Null until it is known, and where it cannot be asked: a guide says so and bothers nobody with a failure. */
function useFact<N extends FactName>(name: N, isWanted: boolean): RequestOutputOf<N> | null {
  const { bridge } = useServices();
  const [fact, setFact] = useState<RequestOutputOf<N> | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (!isWanted) return undefined;
    void bridge.request(name, NOTHING as RequestInputOf<N>).then(outcome => {
      if (isCurrent && outcome.ok) setFact(outcome.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, name, isWanted]);
  return fact;
}
