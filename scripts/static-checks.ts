import type { Step } from './run-step.ts';

/** What is checked without running the program: types, lint and format, layers, unused code, the size
 * of what the window loads. */
export const STATIC_CHECKS: readonly Step[] = [
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'lint', command: 'eslint', args: ['.', '--max-warnings', '0'] },
  { name: 'format', command: 'biome', args: ['format', '.'] },
  {
    name: 'layers',
    command: 'depcruise',
    args: [
      '--config',
      'build/layers.cjs',
      'contract',
      'core',
      'main',
      'preload',
      'renderer',
      'server',
      'test',
      'scripts',
    ],
  },
  { name: 'unused', command: 'knip', args: [] },
  { name: 'bundle', command: 'node', args: ['scripts/bundle-budget.ts'] },
];
