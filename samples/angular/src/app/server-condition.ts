import type { HttpInterceptorFn } from '@angular/common/http';
import { inject, Injectable, signal } from '@angular/core';

export const CONDITIONS = [
  { id: 'steady', name: 'Steady', about: 'Every page comes at once' },
  { id: 'slow', name: 'Slow', about: 'Every page takes a second and a half' },
  { id: 'flaky', name: 'Flaky', about: 'Every other request fails and is tried again' },
  { id: 'down', name: 'Down', about: 'Every request fails' },
] as const;

export type Condition = (typeof CONDITIONS)[number]['id'];

/** How the demo server is asked to behave, so that the list can be seen in trouble. */
@Injectable({ providedIn: 'root' })
export class ServerCondition {
  readonly current = signal<Condition>('steady');
}

/** A header, and no parameter: the list stays the same one, and a page that failed can be asked for again. */
export const serverConditionInterceptor: HttpInterceptorFn = (request, next) => {
  const condition = inject(ServerCondition).current();
  if (condition === 'steady') return next(request);
  return next(request.clone({ setHeaders: { 'x-demo-server': condition } }));
};
