import { Approvals } from '../pages/approvals.ts';
import type { AppWindow } from '../pages/app-window.ts';
import { Launcher } from '../pages/launcher.ts';
import type { SessionView } from '../pages/session-view.ts';

interface Wish {
  readonly target: string;
  readonly reason: string;
  readonly length: string;
}

/** The operator asks, the approver approves, the operator connects; both by hand, as in every story. */
export async function connectedSession(
  operator: AppWindow,
  approver: AppWindow,
  wish: Wish,
): Promise<SessionView> {
  const launcher = new Launcher(operator.page);
  await operator.page.bringToFront();
  await launcher.request(wish);
  await approver.goTo('Approvals');
  await new Approvals(approver.page).approve(wish.reason);
  await operator.page.bringToFront();
  return launcher.connect(wish.reason);
}
