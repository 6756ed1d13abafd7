import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { JobView } from '../../jobs/contract.ts';
import { freshKey, send } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { notify } from './notices.tsx';

type Job = z.output<typeof JobView>;

const ended = ['done', 'failed', 'cancelled'];

/** The progress of long work, with a key to cancel it; `onDone` gets the result once. */
export function JobProgress(props: {
  jobId: string;
  title: string;
  onDone?: (result: unknown) => void;
}) {
  const t = useTexts('kit');
  const address = `/api/v1/jobs/${encodeURIComponent(props.jobId)}`;
  const { data, error } = useQuery<Job, Problem>({
    queryKey: ['jobs', props.jobId],
    queryFn: async ({ signal }) => (await send({ method: 'GET', address, signal })) as Job, // the jobs contract's response
    refetchInterval: (q) => (q.state.data && ended.includes(q.state.data.state) ? false : 1000),
  });
  const told = useRef(false);
  const { onDone } = props;
  useEffect(() => {
    if (data?.state !== 'done' || told.current) return;
    told.current = true;
    onDone?.(data.result);
  }, [data, onDone]);
  const say = useSay();
  const state = data?.state ?? 'queued';
  const share = state === 'running' ? data?.progress : undefined;
  const message =
    error?.message ?? data?.error?.title ?? (data?.message ? say(data.message) : t(`job.${state}`));
  return (
    <section className="z-job" aria-label={props.title}>
      <div className="z-job-head">
        <strong>{props.title}</strong>
        <span className="z-note">{message}</span>
        {state === 'done' ? (
          <Icon name="check" />
        ) : ended.includes(state) ? null : (
          <Button
            size="small"
            onClick={() =>
              void send({ method: 'POST', address: `${address}/cancel`, key: freshKey() }).catch(
                (e: unknown) =>
                  notify({ kind: 'bad', text: e instanceof Error ? e.message : String(e) }),
              )
            }
          >
            {t('act.cancel')}
          </Button>
        )}
      </div>
      <progress
        max={1}
        {...(state === 'done' ? { value: 1 } : share === undefined ? {} : { value: share })}
      />
    </section>
  );
}
