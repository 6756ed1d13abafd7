/** Everything that CI checks without running the product: format, lint, types, floors, unused code. */
import { spawnSync } from 'node:child_process';

const checks: readonly (readonly [title: string, command: string, ...args: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--colors=off', '--max-diagnostics=30', '.'],
  ['types', 'tsc', '-p', '.', '--noEmit'],
  [
    'floors and doors',
    'depcruise',
    'packages',
    'platform',
    'modules',
    'apps',
    '--config',
    '.dependency-cruiser.cjs',
  ],
  ['unused code', 'knip', '--no-config-hints'],
  ['acceptance table', 'node', 'scripts/acceptance.ts', '--check'],
  ['index of decisions', 'node', 'scripts/decisions.ts', '--check'],
];

let failed = 0;
for (const [title, command, ...args] of checks) {
  const started = performance.now();
  const run = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const good = run.status === 0;
  console.log(`${good ? '✔' : '✘'} ${title} (${seconds} s)`);
  if (!good) {
    failed++;
    console.log(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`);
  }
}
if (failed > 0) {
  console.log(
    `${failed} of ${checks.length} checks failed. \`npm run format\` mends most of format and lint.`,
  );
  process.exitCode = 1;
} else console.log('All checks passed.');
