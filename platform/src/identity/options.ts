import { createHmac } from 'node:crypto';
import type { Config } from '../http/index.ts';
import type { Text } from '../kernel/index.ts';
import type { Mailer } from './mailer.ts';
import type { RoleTable } from './permissions.ts';

export interface IdentityOptions {
  /** The trade's roles, as data. */
  readonly roles: RoleTable;
  /** The role that founds an organisation and that its last holder cannot lose; `owner` by default. */
  readonly ownerRole?: string;
  /** The kinds of organisation that people may found, in the order to offer them. */
  readonly kinds: Readonly<Record<string, Text>>;
  /** Whether anybody may make an account; by invitation only by default. */
  readonly openSignUp?: boolean;
  /** Carries invitation and reset links; by default they go to the log, outside production. */
  readonly mailer?: Mailer;
  /** Attempts at a password a minute and caller, and a quarter of an hour and account. */
  readonly limits?: { readonly perCaller: number; readonly perAccount: number };
}

/** What the demo runs with when nobody set a secret; production refuses it. */
export const DEMO_SECRET = 'zaizao-demo-secret-which-everybody-knows';

/** @throws Error saying which setting to change, when production would run with open doors. */
export function assertSafe(config: Config): void {
  if (!config.production) return;
  if (config.demo) {
    throw new Error(
      '生产环境不能开启演示模式，请关闭它再启动。 / Production cannot run with the demo on: switch it off and start again.',
    );
  }
  if (config.secret === DEMO_SECRET || config.secret.length < 32) {
    throw new Error(
      '生产环境需要至少 32 个字符的随机密钥（不能用演示密钥），请设置后再启动。 / ' +
        'Production needs a random secret of at least 32 characters, not the demo one: set it and start again.',
    );
  }
}

/** A key for one purpose, so that no two uses share the installation's secret. */
export function secretFor(config: Config, purpose: string): string {
  return createHmac('sha256', config.secret).update(`zaizao/identity/${purpose}`).digest('hex');
}

export function ownerRoleOf(options: IdentityOptions): string {
  return options.ownerRole ?? 'owner';
}
