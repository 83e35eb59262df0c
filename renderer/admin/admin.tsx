import { Segments } from '../design/choice.tsx';
import type { AdminSection } from '../app/router.ts';
import { useServices } from '../app/services-context.tsx';
import { People } from './people.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { Targets } from './targets.tsx';
import { t } from '../texts/t.ts';
import './admin.css';

/** What a server's administrator looks after. */
export function Admin({ section }: { readonly section: AdminSection }) {
  const { router } = useServices();
  const sections: readonly { readonly id: AdminSection; readonly label: string }[] = [
    { id: 'targets', label: t.admin.targets },
    { id: 'policy', label: t.admin.accessPolicy },
    { id: 'people', label: t.admin.people },
  ];
  return (
    <div className="view">
      <div className="view-head">
        <h1>{t.places.admin}</h1>
        <p className="grow">{t.admin.about}</p>
        <Segments
          label={t.admin.part}
          choices={sections}
          selected={section}
          onSelect={chosen => router.go({ view: 'admin', section: chosen })}
        />
      </div>
      {section === 'targets' && <Targets />}
      {section === 'policy' && <PolicyEditor />}
      {section === 'people' && <People />}
    </div>
  );
}
