import type { Failure, Outcome } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { RequestName, RequestOutputOf, RequestParsedOf } from '../../contract/ipc.ts';
import { REQUESTS } from '../../contract/ipc.ts';

/** One handler for each request of the contract: a missing or an extra one does not compile. */
export type Handlers<Context> = {
  readonly [N in RequestName]: (
    input: RequestParsedOf<N>,
    context: Context,
  ) => Promise<RequestOutputOf<N>> | RequestOutputOf<N>;
};

/** Answers a request from a window. Nothing about `name` and `input` is known; never rejects. */
export type Router<Context> = (name: unknown, input: unknown, context: Context) => Promise<Outcome<unknown>>;

/**
 * Checks the input, calls the handler, checks the output. Expected failures cross with their words; of others only that they happened:
 * stacks, values and paths stay in this process and go to `onBug`.
 */
export function createRouter<Context>(
  handlers: Handlers<Context>,
  onBug: (name: RequestName, error: unknown) => void,
): Router<Context> {
  return async (name, input, context) => {
    if (typeof name !== 'string' || !isRequestName(name))
      return refuse('not-found', 'This window asked for something that Sallyport does not have. Reload it.');
    const parsed = REQUESTS[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue === undefined || issue.path.length === 0 ? 'the input' : issue.path.join('.');
      return refuse(
        'bad-input',
        `"${name}" was refused: ${where} is not right (${issue?.message ?? 'unknown'}).`,
      );
    }
    try {
      // The table pairs each name with its handler; TypeScript does not follow the index over the union.
      const handler = handlers[name] as (given: unknown, where: Context) => unknown;
      const output = REQUESTS[name].output.safeParse(await handler(parsed.data, context));
      if (output.success) return { ok: true, value: output.data };
      throw output.error;
    } catch (error) {
      if (error instanceof SallyportError) return refuse(error.code, error.message);
      onBug(name, error);
      return refuse(
        'internal',
        `Something went wrong inside Sallyport ("${name}"). Try again; if it stays so, report it.`,
      );
    }
  };
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(REQUESTS, name);
}

function refuse(code: Failure['code'], message: string): Outcome<never> {
  return { ok: false, error: { code, message: message.slice(0, 2000) } };
}
