import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Config } from '../http/index.ts';

const flag = z.enum(['0', '1', 'true', 'false', '']).transform((v) => v === '1' || v === 'true');

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  ZAIZAO_HOME: z.string().default('data'),
  ZAIZAO_URL: z.url().optional(),
  ZAIZAO_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  ZAIZAO_DEMO: flag.optional(),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  ZAIZAO_METRICS_TOKEN: z.string().min(20, 'at least 20 characters').optional(),
  NODE_ENV: z.string().optional(),
});

/** The environment is not valid; the message names each variable and what to set. */
export class ConfigInvalid extends Error {}

/**
 * Reads the configuration from the environment. In production the secret must be given and the
 * demonstration must be off; elsewhere a secret is made once and kept in the home directory.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`);
    throw new ConfigInvalid(`配置有误 / The configuration is not valid:\n${lines.join('\n')}`);
  }
  const e = parsed.data;
  const production = e.NODE_ENV === 'production';
  const demo = e.ZAIZAO_DEMO ?? !production;
  if (production && demo) {
    throw new ConfigInvalid(
      '生产环境不允许演示模式：请去掉 ZAIZAO_DEMO。 / Demo mode is refused in production: unset ZAIZAO_DEMO.',
    );
  }
  if (production && !e.ZAIZAO_SECRET) {
    throw new ConfigInvalid(
      '生产环境必须设置 ZAIZAO_SECRET（至少 32 个字符）。 / Set ZAIZAO_SECRET (32 characters or more) in production.',
    );
  }
  const home = resolve(e.ZAIZAO_HOME);
  mkdirSync(home, { recursive: true });
  return {
    home,
    port: e.PORT,
    host: e.HOST,
    publicUrl: (e.ZAIZAO_URL ?? `http://localhost:${e.PORT}`).replace(/\/$/, ''),
    secret: e.ZAIZAO_SECRET ?? keptSecret(home),
    demo,
    production,
    databaseUrl: e.DATABASE_URL,
    metricsToken: e.ZAIZAO_METRICS_TOKEN,
  };
}

function keptSecret(home: string): string {
  const path = join(home, 'secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
