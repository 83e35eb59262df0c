import { createReviewService } from '../review/create-review-service.ts';
import { createForkNodeHost } from '../session-host-client/fork-node-host.ts';
import { openProfile } from '../vault/profile-folder.ts';
import { fileSecretBox } from '../vault/secret-box.ts';
import { WEB_SHELL_FACTS } from '../web/web-shell-facts.ts';
import type { App } from './app.ts';
import { createApp } from './app.ts';

/** The client on plain Node: composition root of the web shell, of `sallyport connect` and of the demo. Throws `SallyportError`. */
export function createNodeClient(options: {
  /** default: the user's own profile */
  readonly profileFolder?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** codes and places in code, never terminal bytes or values */
  readonly onLog?: (line: string) => void;
  /** default true; false for one session */
  readonly keepsSpareHost?: boolean;
}): App {
  const onLog = options.onLog ?? (() => undefined);
  return createApp({
    profile: openProfile(options.profileFolder, options.environment),
    secretBox: fileSecretBox,
    shell: WEB_SHELL_FACTS,
    forkHost: createForkNodeHost({ onLog }),
    createReviewService,
    environment: options.environment,
    keepsSpareHost: options.keepsSpareHost ?? true,
    onBug: (where, error) =>
      onLog(`${where}: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown'}`),
  });
}
