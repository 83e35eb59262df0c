import { Shield, ShieldAlert, ShieldCheck } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { RecordingHeader, VerificationReport } from '../../contract/recording.ts';
import { byteWords, positionText } from '../app/duration-words.ts';
import { useAppState } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import type { ReplayCheckState } from './use-replay.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface VerificationBadgeProps {
  readonly check: ReplayCheckState;
  readonly header: RecordingHeader;
  readonly onRetry: () => void;
}

/** Whether the recording is whole and unaltered, and how that is known; while it is being checked, how far that is. */
export function VerificationBadge({ check, header, onRetry }: VerificationBadgeProps) {
  const { verification, failure } = check;
  const isOffline = useAppState().server.state !== 'online';
  if (verification !== null) return <Verdict report={verification} header={header} />;
  const percent = Math.floor((100 * check.checkedBytes) / Math.max(1, check.totalBytes));
  return (
    <Disclosed
      label={t.verification.title}
      trigger={
        <AriaButton
          className="verification"
          data-verified={failure === null ? 'unknown' : 'false'}
          data-testid="verification"
        >
          {failure === null ? <Shield size={16} aria-hidden /> : <ShieldAlert size={16} aria-hidden />}
          {failure === null ? t.verification.checking(percent) : t.verification.notChecked}
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>{failure === null ? t.verification.isChecked : t.verification.couldNotGoOn}</h2>
        <p>{failure ?? t.verification.isCheckedMeans}</p>
        {failure !== null && isOffline && <p>{t.verification.goesOn}</p>}
        {failure !== null && !isOffline && <Button onPress={onRetry}>{t.verification.checkAgain}</Button>}
      </div>
    </Disclosed>
  );
}

function Verdict({
  report,
  header,
}: {
  readonly report: VerificationReport;
  readonly header: RecordingHeader;
}) {
  const { isVerified, problems } = report;
  const isImported = problems.length > 0 && problems.every(({ kind }) => kind === 'origin');
  const { badge, title, meaning } = t.verdicts[isVerified ? 'verified' : isImported ? 'imported' : 'faulty'];
  return (
    <Disclosed
      label={t.verification.title}
      trigger={
        <AriaButton
          className="verification"
          data-verified={isImported ? 'unknown' : isVerified}
          data-testid="verification"
        >
          {isVerified ? <ShieldCheck size={16} aria-hidden /> : <ShieldAlert size={16} aria-hidden />}
          {badge}
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>{title}</h2>
        <p>{meaning}</p>
        {problems.length > 0 && (
          <ul className="stack small">
            {problems.map((problem, index) => (
              <li key={`${problem.kind}-${index}`}>
                <strong>{t.verificationProblems[problem.kind]}</strong>
                {problem.fromMs !== null && ` ${t.verification.at(positionText(problem.fromMs))}`}:{' '}
                {problem.message}
              </li>
            ))}
          </ul>
        )}
        <dl className="facts small">
          <dt>{t.verification.segments}</dt>
          <dd>
            {number(report.segments)}, {byteWords(report.bytes)}
          </dd>
          {header.imported === undefined && (
            <>
              <dt>{t.verification.device}</dt>
              <dd className="mono">{header.deviceId}</dd>
              <dt>{t.verification.grantHash}</dt>
              <dd className="mono">{header.grantHash.slice(0, 16)}…</dd>
            </>
          )}
        </dl>
      </div>
    </Disclosed>
  );
}
