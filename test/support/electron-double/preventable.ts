/** An event object of Electron: parameters, and a default that a listener may prevent. */
export type Preventable<Params> = Params & { preventDefault(): void; readonly defaultPrevented: boolean };

export function preventable<Params extends object>(params: Params): Preventable<Params> {
  let isPrevented = false;
  return {
    ...params,
    preventDefault() {
      isPrevented = true;
    },
    get defaultPrevented() {
      return isPrevented;
    },
  };
}
