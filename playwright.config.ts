import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';

const PORT = 8397;
const chromium = process.env.CHROMIUM_PATH;

/** A real server with its demonstration, real Chromium; one worker, since the plant is one. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  globalSetup: './e2e/history.ts',
  use: {
    baseURL: `http://localhost:${PORT}`,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
  webServer: {
    command: 'node apps/server/src/main.ts',
    url: `http://localhost:${PORT}/health/ready`,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    env: {
      PORT: String(PORT),
      HOST: '0.0.0.0',
      ZAIZAO_HOME: mkdtempSync(join(tmpdir(), 'zaizao-e2e-')),
      ZAIZAO_DEMO: '1',
      ZAIZAO_DEMO_UNITS: '10',
      ZAIZAO_RATE_FACTOR: '50',
    },
  },
});
