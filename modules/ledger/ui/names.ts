import { useSay, useTexts } from '@zaizao/platform/ui';
import type { StoryEvent, Thing } from '../contract.ts';
import zh from './i18n/zh-CN.json' with { type: 'json' };

type Named = { readonly epc: string; readonly thing?: Thing | undefined };

/** The end of an identifier is what tells things apart. */
function shortEpc(epc: string): string {
  const parts = epc.replace(/^https?:\/\/[^/]+\//, '').split('/');
  return decodeURIComponent(parts.at(-1) ?? epc);
}

/** How things and steps are called in the reader's language. */
export function useNames() {
  const t = useTexts('ledger');
  const say = useSay();
  const step = (bizStep: string | undefined, type: string, process?: string) => {
    if (process !== undefined && Object.hasOwn(zh.processes, process))
      return t(`processes.${process}`);
    const word = bizStep?.replace(/^.*[/#:](?:BizStep-)?/, '');
    return word !== undefined && Object.hasOwn(zh.steps, word)
      ? t(`steps.${word}`)
      : (word ?? t(`types.${type}`));
  };
  const disposition = (value: string | undefined) =>
    value === undefined || !Object.hasOwn(zh.dispositions, value)
      ? value
      : t(`dispositions.${value}`);
  const code = ({ epc, thing }: Named) => thing?.code ?? shortEpc(epc);
  const name = ({ epc, thing }: Named) =>
    thing ? `${say(thing.name)} ${thing.code}` : shortEpc(epc);
  const kind = ({ thing }: Named) => t(`kinds.${thing?.kind ?? 'other'}`);
  /** A sentence without verbs: what was done, with what. */
  const story = (event: StoryEvent) => {
    const shown = event.things.slice(0, 3).map(name);
    const more = event.things.length - shown.length;
    return more > 0 ? t('story.more', { things: shown.join('、'), n: more }) : shown.join('、');
  };
  return { step, disposition, code, name, kind, story };
}
