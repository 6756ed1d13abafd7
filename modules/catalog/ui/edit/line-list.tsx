import { Button, Dialog, type Draft, type DraftOf, useDraft, useTexts } from '@zaizao/platform/ui';
import { type PlainColumn, PlainTable } from '@zaizao/platform/ui/office';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';

type Line<S extends z.ZodType> = NonNullable<z.input<S>>;

interface Lines<S extends z.ZodType> {
  /** What one line must be; a line that is not yet so stays in its dialog. */
  readonly schema: S;
  readonly lines: readonly Line<S>[];
  readonly onChange: (lines: Line<S>[]) => void;
  readonly columns: readonly PlainColumn<Line<S>>[];
  readonly fields: (line: Draft<S>) => ReactNode;
  readonly nameOf: (line: Line<S>) => string;
  /** What a new line starts with; absent where lines are neither added nor removed. */
  readonly fresh?: (() => DraftOf<S>) | undefined;
  /** What the key for a new line says. */
  readonly add?: string;
  /** Lines stand in this order; without it they keep the order in which they were written. */
  readonly order?: (a: Line<S>, b: Line<S>) => number;
  /** What was found wrong with a line after it was sent. */
  readonly faultsAt: (index: number) => readonly string[];
}

/** The lines of a document as a table; each is written in a dialog of its own. */
export function LineList<S extends z.ZodType>(props: Lines<S>) {
  const t = useTexts('catalog');
  const { lines, onChange, fresh } = props;
  const [at, setAt] = useState<number | 'new'>();
  const rows = [...lines.entries()];
  const take = (line: Line<S>) => {
    const next = at === 'new' ? [...lines, line] : lines.map((l, i) => (i === at ? line : l));
    onChange(props.order ? next.toSorted(props.order) : next);
    setAt(undefined);
  };
  return (
    <>
      <PlainTable
        rows={rows}
        rowKey={([i]) => String(i)}
        columns={[
          ...props.columns.map((c) => ({
            ...c,
            cell: ([, line]: [number, Line<S>]) => c.cell(line),
          })),
          {
            title: t('form.line'),
            cell: ([i, line]) => (
              <span className="z-catalog-line-keys">
                <Button
                  size="small"
                  icon="settings"
                  iconOnly
                  onClick={() => setAt(i)}
                >{`${t('edit')} ${props.nameOf(line)}`}</Button>
                {fresh ? (
                  <Button
                    size="small"
                    icon="close"
                    iconOnly
                    onClick={() => onChange(lines.filter((_, j) => j !== i))}
                  >{`${t('form.removeLine')} ${props.nameOf(line)}`}</Button>
                ) : null}
                {props.faultsAt(i).map((sentence) => (
                  <small key={sentence} className="z-field-error" role="alert">
                    {sentence}
                  </small>
                ))}
              </span>
            ),
          },
        ]}
      />
      {fresh ? (
        <div>
          <Button icon="plus" onClick={() => setAt('new')}>
            {props.add}
          </Button>
        </div>
      ) : null}
      {at === undefined ? null : (
        <LineDialog
          schema={props.schema}
          initial={at === 'new' ? (fresh?.() ?? {}) : (lines[at] ?? {})}
          title={at === 'new' ? (props.add ?? '') : nameAt(lines, at, props.nameOf)}
          fields={props.fields}
          onTake={take}
          onClose={() => setAt(undefined)}
        />
      )}
    </>
  );
}

function nameAt<L>(lines: readonly L[], at: number, nameOf: (line: L) => string): string {
  const line = lines[at];
  return line === undefined ? '' : nameOf(line);
}

/** One line; it stands outside the document's own form, so that Enter takes the line alone. */
function LineDialog<S extends z.ZodType>(props: {
  schema: S;
  initial: DraftOf<S>;
  title: string;
  fields: (line: Draft<S>) => ReactNode;
  onTake: (line: Line<S>) => void;
  onClose: () => void;
}) {
  const t = useTexts('catalog');
  const line = useDraft(props.schema, props.initial);
  return (
    <Dialog open side detached title={props.title} onClose={props.onClose}>
      <form
        className="z-form"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          e.stopPropagation(); // React would pass it on to the document's form
          const checked = line.check();
          if (checked) props.onTake(checked);
        }}
      >
        {props.fields(line)}
        <div className="z-form-keys">
          <Button submit kind="primary">
            {t('form.take')}
          </Button>
          <Button onClick={props.onClose}>{t('form.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
