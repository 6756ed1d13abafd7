import { text } from '../kernel/index.ts';
import { definePermissions } from './contract.ts';
import type { Module } from './module.ts';

const perm = definePermissions({
  'platform.live:read': text('接收实时更新', 'Receive live updates'),
});

const KEEP_ALIVE_MS = 20_000;

/** Server-sent events: what was committed in the reader’s organisation, by topic. */
export const liveModule: Module = {
  name: 'live',
  rawRoutes: [
    {
      id: 'platform.live',
      method: 'GET',
      url: '/api/v1/live',
      title: text('实时更新流', 'Stream of live updates'),
      access: perm('platform.live:read'),
      handle: async (request, reply, caller) => {
        const { principal } = caller;
        const mine =
          principal.kind === 'user' || principal.kind === 'key' ? principal.org?.no : undefined;
        reply.hijack();
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        reply.raw.write('retry: 2000\n\n');
        const stop = caller.app.listen((topic, org, payload) => {
          if (org.no !== mine) return;
          reply.raw.write(`data: ${JSON.stringify({ topic, payload })}\n\n`);
        });
        const beat = setInterval(() => reply.raw.write(': still here\n\n'), KEEP_ALIVE_MS);
        request.raw.on('close', () => {
          clearInterval(beat);
          stop();
        });
      },
    },
  ],
};
