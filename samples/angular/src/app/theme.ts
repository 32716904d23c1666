import { computed, effect, Injectable, signal } from '@angular/core';

import { watchedMedia } from './watched-media';

/** Light or dark: as the system is, until someone says otherwise. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #system = watchedMedia('(prefers-color-scheme: dark)');
  readonly #chosen = signal<'light' | 'dark' | undefined>(undefined);
  readonly isDark = computed(
    () => (this.#chosen() ?? (this.#system() ? 'dark' : 'light')) === 'dark',
  );

  constructor() {
    effect(() => {
      document.documentElement.dataset['theme'] = this.isDark() ? 'dark' : 'light';
    });
  }

  turn(): void {
    this.#chosen.set(this.isDark() ? 'light' : 'dark');
  }
}
