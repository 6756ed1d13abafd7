import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';

/** A key that opens a small sheet below itself; Escape and a press outside close it. */
export function Menu(
  props: { label: string; children: (close: () => void) => ReactNode } & Pick<
    ButtonProps,
    'icon' | 'iconOnly' | 'kind' | 'size'
  >,
) {
  const { label, children, ...look } = props;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const away = (e: PointerEvent) => {
      if (e.target instanceof Node && !place.current?.contains(e.target)) setOpen(false);
    };
    const key = (e: KeyboardEvent) => {
      if (e.key !== 'Escape') return;
      setOpen(false);
      place.current?.querySelector('button')?.focus();
    };
    addEventListener('pointerdown', away);
    addEventListener('keydown', key);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('keydown', key);
    };
  }, [isOpen]);
  return (
    <div className="z-menu" ref={place} data-open={isOpen}>
      <Button {...look} pressed={isOpen} onClick={() => setOpen(!isOpen)}>
        {label}
      </Button>
      {isOpen ? (
        <section className="z-menu-sheet" id={id} aria-label={label}>
          {children(() => setOpen(false))}
        </section>
      ) : null}
    </div>
  );
}
