import { ChartColumn, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Insights as InsightFacts } from '../../contract/insights.ts';
import { INSIGHT_DAYS } from '../../contract/insights.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useServerReturn } from '../app/use-server-return.ts';
import { Button } from '../design/button.tsx';
import { Segments } from '../design/choice.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { ExposureFigures } from './exposure-figures.tsx';
import { headlines } from './insight-words.ts';
import { OversightFigures } from './oversight-figures.tsx';
import { RequestFigures } from './request-figures.tsx';
import { t } from '../texts/t.ts';
import './insights.css';

const USUAL = '30';

/** What happened in the last days: who waited how long, what was masked where, what was raised, and what still has to be looked at. */
export function Insights() {
  const [days, setDays] = useState(USUAL);
  const ranges = INSIGHT_DAYS.map(each => ({ id: String(each), label: t.insights.days(each) }));
  const query = useMemo(
    () => ({ days: Number(days), utcOffsetMinutes: -new Date().getTimezoneOffset() }),
    [days],
  );
  const [insights, reload] = useAnswer('insights.read', query);
  useServerReturn(reload);
  return (
    <div className="view">
      <div className="view-head">
        <h1>{t.places.insights}</h1>
        <p className="grow">{t.insights.about}</p>
        <Segments label={t.insights.howFarBack} choices={ranges} selected={days} onSelect={setDays} />
        <Button icon={RefreshCw} onPress={reload}>
          {t.common.refresh}
        </Button>
      </div>
      <Loaded of={insights} what={t.insights.them} onRetry={reload}>
        {facts => <Facts facts={facts} />}
      </Loaded>
    </div>
  );
}

function Facts({ facts }: { readonly facts: InsightFacts }) {
  const hasNothing = facts.days.every(day => day.asked === 0 && day.sessions === 0);
  return (
    <>
      <dl className="headlines">
        {headlines(facts).map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              <span className="small muted">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      {hasNothing ? (
        <StateNote title={t.insights.nothing} icon={ChartColumn}>
          {t.insights.nothingMeans}
        </StateNote>
      ) : (
        <div className="plots">
          <RequestFigures facts={facts} />
          <ExposureFigures facts={facts} />
          <OversightFigures facts={facts} />
        </div>
      )}
    </>
  );
}
