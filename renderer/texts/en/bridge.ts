/** Failures of the way between this window and main, which main cannot tell. */
export const bridge = {
  unknownForm: (request: string) => `The answer to "${request}" had no known form. Reload this window.`,
  notUnderstood: (request: string, where: string) =>
    `The answer to "${request}" was not understood (at "${where}"). Reload this window.`,
  couldNotAnswer: (request: string, error: string) => `Sallyport could not answer "${request}": ${error}`,
  lost: 'The connection to Sallyport on this machine is lost. It is tried again by itself; if Sallyport was restarted, open the new address that it printed.',
  noAnswer: (request: string) => `Sallyport did not answer "${request}" in two minutes. Try again.`,
};
