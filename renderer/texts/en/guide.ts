/** The first steps of each role. `…Text`: what a step is about. */
export const guide = {
  operator: 'First steps of an operator',
  approver: 'First steps of an approver',
  reviewer: 'First steps of a reviewer',
  administrator: 'First steps of an administrator',
  putAway: (title: string) => `Put away: ${title}`,
  allDone: 'All done. The help menu brings this back.',
  done: 'Done',
  notDone: 'Not done yet',
  notKnown: 'Not known',

  ask: 'Ask for access',
  askText: 'Choose a target, say why and for how long. What will be masked is shown before you send it.',
  getGrant: 'Get a grant',
  getGrantText:
    'An approver decides. The grant appears in the launcher by itself, and its time runs from then on.',
  connect: 'Connect',
  connectText:
    'The terminal shows personal data masked. The bar above it counts down and says what happens at zero.',
  end: 'End the session',
  endText: 'The recording is handed in while you work and sealed at the end: there is nothing else to do.',

  beTold: 'Be told of requests',
  beToldText: 'A notification tells you when somebody waits. You switch it on in the settings.',
  decide: 'Decide on a request',
  decideText:
    'Read who asks and why, narrow it where less is enough, approve or deny. Sessions that run stand below the queue: watch, suspend or revoke them there.',

  makeKey: 'Make your key',
  makeKeyText: 'Recordings are encrypted for reviewers. The key is made on this machine and stays on it.',
  publish: 'Publish it',
  publishText: 'Recordings of grants from then on are sealed to it, too.',
  review: 'Review a recording',
  reviewText:
    'Replay it, jump between masks, commands and alerts, and decide: reviewed, flagged, or to follow up.',

  registerTarget: 'Register a target',
  registerTargetText: 'A host or database that people may ask for, with what is masked there.',
  giveAccounts: 'Give people accounts',
  giveAccountsText: 'An operator and an approver at the least. Each gets a code that enrols one device.',
  reviewersKey: 'See to a reviewer’s key',
  reviewersKeyText: 'No grant is issued while nobody could open its recording.',
  breakGlass: 'Keep a break-glass key',
  breakGlassText: 'Two custodians open recordings together when no reviewer can. “sallyport keys” makes it.',
  setPolicy: 'Set an access policy',
  setPolicyText: 'One file says who may ask for what. Try it against past requests before it is in force.',
};
