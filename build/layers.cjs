/**
 * The walls of the house, checked by `npm run layers` (part of `npm run check`):
 * contract <- core <- {main, server, renderer}; preload <- contract; nothing imports test.
 */
const forbid = (name, from, to, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: from, ...extra.from },
  to: { path: to, ...extra.to },
});
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    forbid('contract-stands-alone', '^contract/', '^(core|main|preload|renderer|server|test|scripts)/'),
    forbid('core-knows-contract-only', '^core/', '^(main|preload|renderer|server|test|scripts)/', {
      from: { pathNot: '\\.test\\.ts$' },
    }),
    {
      name: 'core-has-no-io',
      severity: 'error',
      from: { path: '^(core|contract)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    forbid('renderer-reaches-out-by-its-bridge', '^renderer/', '^(main|preload|server|test|scripts)/'),
    forbid('server-knows-no-client', '^server/', '^(main|preload|renderer|test|scripts)/', {
      from: { pathNot: '\\.test\\.ts$' },
    }),
    forbid('preload-knows-contract-only', '^preload/', '^(core|main|renderer|server|test|scripts)/', {
      from: { pathNot: '\\.test\\.ts$' },
    }),
    forbid('main-starts-the-server-from-its-commands-only', '^main/', '^server/', {
      from: { pathNot: '^main/cli/(commands/server\\.ts$|server/|demo/)|\\.test\\.ts$' },
    }),
    forbid('main-knows-no-renderer', '^main/', '^(renderer|preload)/'),
    forbid('nothing-imports-test', '^(contract|core|main|preload|renderer|server|scripts)/', '^test/', {
      from: { pathNot: '\\.test\\.tsx?$' },
    }),
    forbid('electron-in-its-shell-only', '.', '^(node_modules/)?electron(-updater)?(/|$)', {
      from: { path: '.', pathNot: '^(main/electron|preload)/|^test/' },
    }),
    forbid('pty-and-ssh-in-transports-only', '.', '(^|/)(node-pty|ssh2)(/|$)', {
      from: { path: '.', pathNot: '^main/session-host/transports/|^test/|^main/cli/demo/|^node_modules/' },
    }),
    forbid('age-in-sealer-review-and-backup-only', '.', '(^|/)age-encryption(/|$)', {
      from: {
        path: '.',
        pathNot:
          '^main/session-host/recorder/|^main/review/|^server/backup/|^test/|^node_modules/|\\.test\\.ts$',
      },
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
