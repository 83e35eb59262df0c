import { Shield, ShieldAlert, ShieldCheck } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { RecordingHeader, VerificationReport } from '../../contract/recording.ts';
import { byteWords, positionText } from '../app/duration-words.ts';
import { useAppState } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import type { ReplayCheckState } from './use-replay.ts';

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
      label="Verification"
      trigger={
        <AriaButton
          className="verification"
          data-verified={failure === null ? 'unknown' : 'false'}
          data-testid="verification"
        >
          {failure === null ? <Shield size={16} aria-hidden /> : <ShieldAlert size={16} aria-hidden />}
          {failure === null ? `Checking, ${percent}%` : 'Not checked'}
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>{failure === null ? 'The recording is being checked' : 'The check could not go on'}</h2>
        <p>
          {failure ??
            'Its header, its end and its index are signed by the device that recorded. What you see was checked against the hash of its segment; whether everything is there is known when all of it was read.'}
        </p>
        {failure !== null && isOffline && <p>It goes on by itself when the server answers.</p>}
        {failure !== null && !isOffline && <Button onPress={onRetry}>Check again</Button>}
      </div>
    </Disclosed>
  );
}

const VERIFIED = {
  badge: 'Verified',
  title: 'Whole and unaltered',
  meaning:
    'Every segment names the hash of the one before it, and the end is signed by the device that recorded. Nothing was cut, swapped or added since.',
};
const IMPORTED = {
  badge: 'Imported',
  title: 'Of unknown origin, unaltered since its import',
  meaning:
    'It is what was imported here, and nothing says more: what the file held before, anybody can have written.',
};
const FAULTY = {
  badge: 'Not verified',
  title: 'This recording cannot be vouched for',
  meaning:
    'Treat what you see with care; below is what was found. What is shown still decrypts and is what the file holds.',
};

function Verdict({
  report,
  header,
}: {
  readonly report: VerificationReport;
  readonly header: RecordingHeader;
}) {
  const { isVerified, problems } = report;
  const isImported = problems.length > 0 && problems.every(({ kind }) => kind === 'origin');
  const { badge, title, meaning } = isVerified ? VERIFIED : isImported ? IMPORTED : FAULTY;
  return (
    <Disclosed
      label="Verification"
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
                <strong>{problem.kind}</strong>
                {problem.fromMs !== null && ` at ${positionText(problem.fromMs)}`}: {problem.message}
              </li>
            ))}
          </ul>
        )}
        <dl className="facts small">
          <dt>Segments</dt>
          <dd>
            {report.segments}, {byteWords(report.bytes)}
          </dd>
          {header.imported === undefined && (
            <>
              <dt>Device</dt>
              <dd className="mono">{header.deviceId}</dd>
              <dt>Grant’s hash</dt>
              <dd className="mono">{header.grantHash.slice(0, 16)}…</dd>
            </>
          )}
        </dl>
      </div>
    </Disclosed>
  );
}
