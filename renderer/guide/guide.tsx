import { Circle, CircleCheck, CircleDashed, X } from 'lucide-react';
import type { Role } from '../../contract/server-api.ts';
import type { Route } from '../app/router.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button, IconButton } from '../design/button.tsx';
import type { GuideAction, GuideFacts, GuideStep } from './guide-steps.ts';
import { guideSteps, isGuideDone } from './guide-steps.ts';
import { useGuideFacts } from './use-guide-facts.ts';
import './guide.css';
import { t } from '../texts/t.ts';

/** The first steps of each of the account's roles, until they are done or put away; the help menu brings them back. */
export function Guides() {
  const { isGuideAsked, preferences } = useServices();
  const { roles } = useAccount();
  const { closedGuides } = useStore(preferences);
  const isAsked = useStore(isGuideAsked);
  const open = roles.filter(role => !closedGuides.includes(role));
  if (open.length === 0) return null;
  return <OpenGuides roles={open} isAsked={isAsked} />;
}

function OpenGuides({ roles, isAsked }: { readonly roles: readonly Role[]; readonly isAsked: boolean }) {
  const facts = useGuideFacts(roles);
  return roles.map(role => <Guide key={role} role={role} facts={facts} isAsked={isAsked} />);
}

interface GuideProps {
  readonly role: Role;
  readonly facts: GuideFacts;
  readonly isAsked: boolean;
}

function Guide({ role, facts, isAsked }: GuideProps) {
  const { preferences } = useServices();
  const steps = guideSteps(role, facts);
  if (isGuideDone(steps) && !isAsked) return null;
  // what is not known yet is no reason to come and go
  if (steps.every(({ isDone }) => isDone === null) && !isAsked) return null;
  const next = steps.find(({ isDone }) => isDone === false) ?? null;
  const close = () =>
    preferences.set(previous => ({ ...previous, closedGuides: [...previous.closedGuides, role] }));
  return (
    <section className="guide" aria-labelledby={`guide-${role}`}>
      <div className="row">
        <h2 id={`guide-${role}`} className="grow">
          {t.guide[role]}
        </h2>
        <IconButton icon={X} label={t.guide.putAway(t.guide[role])} onPress={close} />
      </div>
      <ol className="guide-steps">
        {steps.map(step => (
          <Step key={step.title} step={step} isNext={step === next} />
        ))}
      </ol>
      {next === null && <p className="muted">{t.guide.allDone}</p>}
    </section>
  );
}

const ICONS = { true: CircleCheck, false: Circle, null: CircleDashed } as const;

function stateWords(isDone: boolean | null): string {
  if (isDone === null) return t.guide.notKnown;
  return isDone ? t.guide.done : t.guide.notDone;
}

function Step({ step, isNext }: { readonly step: GuideStep; readonly isNext: boolean }) {
  const { title, text, isDone, action } = step;
  const Icon = ICONS[`${isDone}`];
  return (
    <li className="guide-step" data-state={`${isDone}`} aria-current={isNext ? 'step' : undefined}>
      <Icon size={18} aria-hidden />
      <div>
        <h3>
          {title}
          <span className="visually-hidden"> ({stateWords(isDone)})</span>
        </h3>
        {isDone !== true && <p className="small muted">{text}</p>}
        {isNext && action !== null && <StepButton action={action} title={title} />}
      </div>
    </li>
  );
}

const ROUTES: Readonly<Record<Exclude<GuideAction, 'request'>, Route>> = {
  approvals: { view: 'approvals' },
  recordings: { view: 'recordings' },
  keys: { view: 'keys' },
  settings: { view: 'settings' },
  targets: { view: 'admin', section: 'targets' },
  policy: { view: 'admin', section: 'policy' },
  people: { view: 'admin', section: 'people' },
};

function StepButton({ action, title }: { readonly action: GuideAction; readonly title: string }) {
  const { overlay, router } = useServices();
  return (
    <Button
      tone="primary"
      onPress={() => (action === 'request' ? overlay.set({ kind: 'request' }) : router.go(ROUTES[action]))}
    >
      {title}
    </Button>
  );
}
