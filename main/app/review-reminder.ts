import type { EventOf } from '../../contract/ipc.ts';

/** The daily reminder of recordings that wait for a review, in words. */
export function reviewReminder({
  due,
  overdue,
}: {
  readonly due: number;
  readonly overdue: number;
}): EventOf<'notice'> {
  const many = (count: number) => `${count} ${count === 1 ? 'recording' : 'recordings'}`;
  const soon = due === 0 ? '' : `${many(due)} must be reviewed within a day. `;
  const late = overdue === 0 ? '' : `${many(overdue)} should have been reviewed already. `;
  return {
    level: overdue > 0 ? 'warning' : 'info',
    message: `${late}${soon}Open Recordings and sort by due date.`,
  };
}
