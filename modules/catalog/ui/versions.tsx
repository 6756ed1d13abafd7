import {
  dayOf,
  formatDay,
  SelectField,
  useAddress,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import type { BomShown, RouteShown } from './names.ts';

/** Which version of a document the address asks for, and whether the next is being written. */
export function useVersion(document: 'bom' | 'route') {
  const [search, change] = useAddress();
  const version = Number(search[document]) || undefined;
  const [isEditing, setEditing] = useState(false);
  const show = (asked: string | undefined) => change({ [document]: asked });
  const stop = () => setEditing(false);
  return {
    query: version === undefined ? {} : { version },
    show,
    isEditing,
    edit: () => setEditing(true),
    stop,
    /** The next version was issued: the newest is shown. */
    issued: () => {
      show(undefined);
      stop();
    },
  };
}

/** Chooses among the versions of a document. */
export function VersionField(props: {
  of: BomShown | RouteShown;
  onChange: (version: string | undefined) => void;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const lang = useLang();
  return (
    <SelectField
      label={t('version')}
      value={String(props.of.version)}
      onChange={props.onChange}
      choices={props.of.revisions.map((r) => ({
        value: String(r.version),
        label: `${r.version} · ${formatDay(dayOf(r.createdAt), lang)} ${say(r.note)}`,
      }))}
    />
  );
}

/** The newest version of a document there is; 0 where it was never written. */
export function newestOf(shown: BomShown | RouteShown | undefined): number {
  return Math.max(0, ...(shown?.revisions.map((r) => r.version) ?? []));
}
