import { Segments } from '../design/choice.tsx';
import type { AdminSection } from '../app/router.ts';
import { useServices } from '../app/services-context.tsx';
import { People } from './people.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { Targets } from './targets.tsx';
import './admin.css';

const SECTIONS = [
  { id: 'targets', label: 'Targets' },
  { id: 'policy', label: 'Access policy' },
  { id: 'people', label: 'People' },
] as const satisfies readonly { readonly id: AdminSection; readonly label: string }[];

/** What a server's administrator looks after. */
export function Admin({ section }: { readonly section: AdminSection }) {
  const { router } = useServices();
  return (
    <div className="view">
      <div className="view-head">
        <h1>Admin</h1>
        <p className="grow">What people may ask for, under which terms, and who they are.</p>
        <Segments
          label="Part"
          choices={SECTIONS}
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
