import { AppState } from '../../contract/ipc.ts';
import { APP_ORIGIN } from '../../contract/preload-api.ts';
import type { AppConnection } from '../app/app.ts';
import type { LinkView } from '../../contract/link.ts';

/**
 * Where a window begins. A link that started the program cannot be told to a page that is not there yet, so it goes into the fragment,
 * which is the renderer's route: a session, a recording or a view to its page, a request to the approvals of who may decide, else to the
 * launcher.
 */
export async function startAddress(link: LinkView | null, connection: AppConnection): Promise<string> {
  return `${APP_ORIGIN}/index.html${link === null ? '' : await fragmentOf(link, connection)}`;
}

async function fragmentOf(link: LinkView, connection: AppConnection): Promise<string> {
  if (link.view === 'place') return link.place === 'launcher' ? '' : `#/${link.place}`;
  if (link.view === 'new-request') return `#/?request=${link.targetId}`;
  if (link.view === 'session') return `#/session/${link.id}`;
  if (link.view === 'recording')
    return `#/recordings/${link.id}${link.atMs === undefined ? '' : `?at=${link.atMs / 1000}`}`;
  const outcome = await connection.request('app.state', {});
  const state = AppState.safeParse(outcome.ok ? outcome.value : null);
  return state.data?.current?.roles.includes('approver') === true ? '#/approvals' : '';
}
