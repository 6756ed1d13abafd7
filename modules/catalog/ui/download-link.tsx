import type { Endpoint } from '@zaizao/platform/contract';
import { addressOf, Icon, type ReadInput } from '@zaizao/platform/ui';
import type { ReactNode } from 'react';

/** A file of the API as a link that looks like a key. */
export function DownloadLink<E extends Endpoint>(props: {
  endpoint: E;
  input: ReadInput<E>;
  children: ReactNode;
}) {
  return (
    <a
      className="z-button z-button-plain z-button-middle"
      href={addressOf(props.endpoint, props.input)}
      download
    >
      <Icon name="download" size={18} />
      <span>{props.children}</span>
    </a>
  );
}
