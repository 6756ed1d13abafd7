import { type Bound, PhotoCapture, SelectField } from '@zaizao/platform/ui';
import { useState } from 'react';
import { type Order, usePartName } from './words.tsx';

/** What a dialog about an order is given. */
export interface OrderDialog {
  order: Order;
  open: boolean;
  onClose: () => void;
}

/** About which unit of an order; not asked where there is but one. */
export function UnitField(props: { label: string; lines: Order['lines']; bound: Bound<string> }) {
  const part = usePartName();
  if (props.lines.length < 2) return null;
  return (
    <SelectField
      label={props.label}
      choices={props.lines.map((l) => ({ value: l.unitId, label: `${l.serial} ${part(l.part)}` }))}
      {...props.bound}
    />
  );
}

/** One photo of each view; `onChange` hears all that were taken. */
export function PhotoFields<V extends string>(props: {
  views: readonly V[];
  labelOf: (view: V) => string;
  onChange: (photos: string[]) => void;
}) {
  const [photos, setPhotos] = useState<Readonly<Record<string, string>>>({});
  return props.views.map((view) => (
    <PhotoCapture
      key={view}
      label={props.labelOf(view)}
      sha256={photos[view]}
      onStored={(f) => {
        const taken = { ...photos, [view]: f.sha256 };
        setPhotos(taken);
        props.onChange(Object.values(taken));
      }}
    />
  ));
}
