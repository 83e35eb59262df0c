import { AppState } from '../../contract/ipc.ts';
import { APP_ORIGIN } from '../../contract/preload-api.ts';
import type { AppConnection } from '../app/app.ts';
import type { DeepLink } from '../shell/deep-link.ts';

/**
 * Where a window begins. A link that started the program cannot be told to a page that is not there yet, so it goes into the fragment,
 * which is the renderer's route: a session or a recording to its page, a request to the approvals of who may decide, else to the launcher.
 */
export async function startAddress(link: DeepLink | null, connection: AppConnection): Promise<string> {
  return `${APP_ORIGIN}/index.html${link === null ? '' : await fragmentOf(link, connection)}`;
}

async function fragmentOf(link: DeepLink, connection: AppConnection): Promise<string> {
  if (link.view === 'session') return `#/session/${link.id}`;
  if (link.view === 'recording')
    return `#/recordings/${link.id}${link.atMs === undefined ? '' : `?at=${link.atMs / 1000}`}`;
  const outcome = await connection.request('app.state', {});
  const state = AppState.safeParse(outcome.ok ? outcome.value : null);
  return state.data?.current?.roles.includes('approver') === true ? '#/approvals' : '';
}
