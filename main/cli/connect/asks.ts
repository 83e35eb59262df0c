import { SallyportError } from '../../../contract/errors.ts';
import type { RequestInputOf, RequestName, RequestOutputOf } from '../../../contract/ipc.ts';
import { REQUESTS } from '../../../contract/ipc.ts';
import type { AppConnection } from '../../app/app.ts';

/** A request of the client by its name: its answer, or the failure as a `SallyportError`. */
export type Ask = <N extends RequestName>(name: N, input: RequestInputOf<N>) => Promise<RequestOutputOf<N>>;

export function asks(connection: Pick<AppConnection, 'request'>): Ask {
  return async (name, input) => {
    const outcome = await connection.request(name, input);
    if (!outcome.ok) throw new SallyportError(outcome.error.code, outcome.error.message);
    // The table's entry for `name` has exactly this output; TypeScript does not follow the index.
    return REQUESTS[name].output.parse(outcome.value) as RequestOutputOf<typeof name>;
  };
}
