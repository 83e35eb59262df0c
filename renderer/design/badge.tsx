import type { ReactNode } from 'react';

export type BadgeTone = 'plain' | 'ok' | 'warn' | 'danger' | 'info';

export function Badge({
  tone = 'plain',
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ReactNode;
}) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}

/** Where one is working; production cannot be taken for anything else. */
export function EnvironmentBadge({ environment }: { readonly environment: string }) {
  return (
    <span className="environment" data-environment={environment}>
      {environment}
    </span>
  );
}
