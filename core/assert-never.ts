/** Ends a `switch` over a union: does not compile while a member is unhandled, throws if one arrives all the same. */
export function assertNever(value: never): never {
  throw new Error(`unhandled: ${JSON.stringify(value)}`);
}
