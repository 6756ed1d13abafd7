import { endpoint, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { ledgerPermission, read } from './shared.ts';

const manageLog = ledgerPermission('ledger.log:manage');

export const witnessesView = z.object({
  /** The caller's organisation administers the installation. */
  mayManage: z.boolean(),
  /** Every key the log ever signed with, oldest first. */
  keys: z.array(
    z.object({
      verifierKey: z.string(),
      /** Sizes of the first and the last checkpoint it signs. */
      from: z.number(),
      until: z.number().optional(),
      since: z.string().optional(),
    }),
  ),
  /** Witnesses that a checkpoint needs before the world is shown it. */
  quorum: z.number(),
  /** Minutes after which it is shown without them; absent: never. */
  waitMinutes: z.number().optional(),
  /** Size of the newest signed checkpoint, and of the one that is shown. */
  signed: z.number(),
  shown: z.number(),
  shownWith: z.number().optional(),
  isQuorumMet: z.boolean().optional(),
  /** When the oldest checkpoint that is not shown yet was signed. */
  waitingSince: z.string().optional(),
  witnesses: z.array(
    z.object({
      name: z.string(),
      verifierKey: z.string(),
      url: z.string(),
      /** The last size it cosigned, as far as we know. */
      seen: z.number(),
      answeredAt: z.string().optional(),
      failedAt: z.string().optional(),
      failure: z.string().optional(),
      /** It says that our log contradicts what it saw. */
      isAlarm: z.boolean(),
    }),
  ),
  /** This installation as a witness of others. */
  own: z.object({
    verifierKey: z.string(),
    url: z.string(),
    logs: z.array(
      z.object({
        origin: z.string(),
        verifierKeys: z.array(z.string()),
        size: z.number(),
        cosignedAt: z.string().optional(),
      }),
    ),
  }),
});
export type WitnessesView = z.infer<typeof witnessesView>;

export const getWitnesses = endpoint({
  id: 'ledger.getWitnesses',
  method: 'GET',
  path: '/api/v1/ledger/witnesses',
  title: text('日志见证', 'Witnesses of the log'),
  access: read,
  response: witnessesView,
});

export const addWitness = endpoint({
  id: 'ledger.addWitness',
  method: 'POST',
  path: '/api/v1/ledger/witnesses',
  title: text('添加见证方', 'Add a witness'),
  access: manageLog,
  body: z.object({ verifierKey: line(300), url: z.url({ protocol: /^https?$/ }).max(500) }),
  response: witnessesView,
});

export const removeWitness = endpoint({
  id: 'ledger.removeWitness',
  method: 'DELETE',
  path: '/api/v1/ledger/witnesses/:name',
  title: text('移除见证方', 'Remove a witness'),
  access: manageLog,
  params: z.object({ name: line(300) }),
  response: witnessesView,
});

export const setLogPolicy = endpoint({
  id: 'ledger.setLogPolicy',
  method: 'PUT',
  path: '/api/v1/ledger/log/policy',
  title: text('设置见证要求', 'Set how many witnesses a checkpoint needs'),
  access: manageLog,
  body: z.object({
    quorum: z.number().int().min(0).max(50),
    waitMinutes: z.number().int().min(1).max(100_000).optional(),
  }),
  response: witnessesView,
});

export const watchLog = endpoint({
  id: 'ledger.watchLog',
  method: 'POST',
  path: '/api/v1/ledger/watched-logs',
  title: text('为别的日志作见证', 'Witness another log'),
  access: manageLog,
  body: z.object({ verifierKeys: z.array(line(300)).min(1).max(10) }),
  response: witnessesView,
});

export const unwatchLog = endpoint({
  id: 'ledger.unwatchLog',
  method: 'DELETE',
  path: '/api/v1/ledger/watched-logs/:origin',
  title: text('停止见证', 'Stop witnessing a log'),
  access: manageLog,
  params: z.object({ origin: line(300) }),
  response: witnessesView,
});

export const rotateLogKey = endpoint({
  id: 'ledger.rotateLogKey',
  method: 'POST',
  path: '/api/v1/ledger/log/key',
  title: text('更换日志密钥', 'Change the key of the log'),
  access: manageLog,
  status: 202,
  /** A job whose result has the new `verifierKey`. */
  response: z.object({ jobId: z.string() }),
});
