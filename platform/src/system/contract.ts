import { z } from 'zod';
import { definePermissions, endpoint, instant } from '../http/contract.ts';
import { text } from '../kernel/index.ts';

const perm = definePermissions({
  'platform.system:inspect': text('查看系统状态', 'See the state of the system'),
});

/** Whole bytes, or counts too large for 32 bits. */
const bytes = z.number().int().min(0);

export const systemStatus = endpoint({
  id: 'platform.systemStatus',
  method: 'GET',
  path: '/api/v1/system',
  title: text('系统状态', 'State of the system'),
  access: perm('platform.system:inspect'),
  response: z.object({
    at: instant,
    /** Background work of the caller's organisation. */
    jobs: z.object({
      queued: z.number().int(),
      running: z.number().int(),
      /** Ended badly in the last 30 days. */
      failed: z.number().int(),
    }),
    /** Events of the caller's organisation that are committed and not yet delivered everywhere. */
    outbox: z.object({
      waiting: z.number().int(),
      /** Given up after many attempts: somebody must look. */
      parked: z.number().int(),
      oldestAt: instant.optional(),
    }),
    /** Figures of the whole installation: only for the organisation that set it up. */
    installation: z
      .object({
        version: z.string(),
        node: z.string(),
        startedAt: instant,
        engine: z.enum(['pglite', 'postgres']),
        engineVersion: z.string(),
        databaseBytes: bytes,
        /** On the disk that holds the home directory. */
        freeBytes: bytes,
        diskBytes: bytes,
        isDemo: z.boolean(),
        /** The last backup that the command made; unknown where the database is backed up by other means. */
        lastBackup: z.object({ at: instant, files: z.number().int() }).optional(),
      })
      .optional(),
  }),
});
