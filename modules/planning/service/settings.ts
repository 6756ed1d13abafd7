import { httpErrors } from '@zaizao/platform/contract';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { editSettings, getSettings } from '../contract.ts';
import { findSetting, type SettingRow, writeSetting } from '../repo/resource.ts';

type View = z.input<(typeof getSettings)['response']>;

/** What holds until a plant says otherwise. Version 0: not written yet. */
const USUAL: SettingRow = {
  id: 'plant',
  transport_seconds: 60,
  freeze_minutes: 30,
  horizon_days: 42,
  per_shift: '0.05',
  per_move: '0.1',
  iterations: 20_000,
  deadline_seconds: 20,
  version: 0,
};

export async function settingsOf(ctx: Ctx): Promise<SettingRow> {
  return (await findSetting(ctx)) ?? USUAL;
}

export async function settingsView(ctx: Ctx): Promise<View> {
  const s = await settingsOf(ctx);
  return {
    transportSeconds: s.transport_seconds,
    freezeMinutes: s.freeze_minutes,
    horizonDays: s.horizon_days,
    perShift: Number(s.per_shift),
    perMove: Number(s.per_move),
    iterations: s.iterations,
    deadlineSeconds: s.deadline_seconds,
    version: s.version,
  };
}

export async function changeSettings(
  ctx: Ctx,
  version: number,
  body: z.output<(typeof editSettings)['body']>,
): Promise<Result<View>> {
  const written = await writeSetting(ctx, version, {
    transport_seconds: body.transportSeconds,
    freeze_minutes: body.freezeMinutes,
    horizon_days: body.horizonDays,
    per_shift: String(body.perShift),
    per_move: String(body.perMove),
    iterations: body.iterations,
    deadline_seconds: body.deadlineSeconds,
  });
  return written ? ok(await settingsView(ctx)) : err(httpErrors.STALE_VERSION());
}
