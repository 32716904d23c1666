import { DestroyRef, inject, signal, type Signal } from '@angular/core';

/** Whether a media query fits, as long as the injection context lives. */
export function watchedMedia(query: string): Signal<boolean> {
  const media = matchMedia(query);
  const fits = signal(media.matches);
  const change = () => {
    fits.set(media.matches);
  };
  media.addEventListener('change', change);
  inject(DestroyRef).onDestroy(() => {
    media.removeEventListener('change', change);
  });
  return fits.asReadonly();
}
