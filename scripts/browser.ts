/** Finds a Chromium for the tests, or installs one: the system's package if it may, else Playwright's. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function found(): string | undefined {
  return PLACES.find((p) => p !== undefined && existsSync(p));
}

function run(command: string, ...args: string[]): boolean {
  console.log(`  ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true;
  const fonts = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return fonts.status === 0 && fonts.stdout.trim() !== '';
}

/** The path of a Chromium, or undefined when Playwright's own download is to be used. */
export function ensureBrowser(): string | undefined {
  if (mayInstallPackages() && (!found() || !hasChineseFont())) {
    console.log('Installing Chromium and Chinese fonts from the system’s packages …');
    run('apt-get', 'update', '-qq');
    run(
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'chromium',
      'fonts-noto-cjk',
      'fontconfig',
    );
  }
  const path = found();
  if (path) return path;
  console.log('Installing Playwright’s Chromium …');
  if (!run('npx', 'playwright', 'install', 'chromium')) {
    throw new Error('No Chromium: install one, or set CHROMIUM_PATH to its executable.');
  }
  return undefined;
}
