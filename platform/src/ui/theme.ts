import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const listeners = new Set<() => void>();

function stored(): string | null {
  try {
    return localStorage.getItem('zaizao.theme');
  } catch {
    return null; // storage forbidden: follow the system
  }
}

const system = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

/** The theme in force: the person's choice, or the system's. */
export function currentTheme(): Theme {
  const choice = stored();
  if (choice === 'light' || choice === 'dark') return choice;
  return system?.matches ? 'dark' : 'light';
}

function apply(): void {
  document.documentElement.dataset.theme = currentTheme();
  for (const listener of listeners) listener();
}

export function startTheme(): void {
  apply();
  system?.addEventListener('change', apply);
}

export function changeTheme(theme: Theme): void {
  try {
    localStorage.setItem('zaizao.theme', theme);
  } catch {
    document.documentElement.dataset.theme = theme;
  }
  apply();
}

export function useTheme(): Theme {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, currentTheme);
}

/** The value of a design token as it stands now: `token('green')`. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--z-${name}`).trim();
}
