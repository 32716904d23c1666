import {
  afterRenderEffect,
  DestroyRef,
  Directive,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';

/** Pixels. */
const AHEAD = 600;

/** Tells when its element comes near to what is seen, and again whenever `appNearViewport` changes while it still is. */
@Directive({ selector: '[appNearViewport]' })
export class NearViewport {
  readonly appNearViewport = input.required<unknown>();
  /** Emits the value that was on the screen then: another one since makes it old news. */
  readonly near = output<unknown>();

  constructor() {
    const element: Element = inject<ElementRef<Element>>(ElementRef).nativeElement;
    let rendered: unknown;
    const observer = new IntersectionObserver(
      (entries) => {
        // The entry may be of a place that the element has left since.
        const { top } = element.getBoundingClientRect();
        const isNear = top >= -AHEAD && top <= innerHeight + AHEAD;
        if (isNear && entries.at(-1)?.isIntersecting === true) this.near.emit(rendered);
      },
      { rootMargin: `${String(AHEAD)}px 0px` },
    );
    afterRenderEffect(() => {
      rendered = this.appNearViewport();
      // An observer tells changes only; observed anew, it tells how it is.
      observer.unobserve(element);
      observer.takeRecords();
      observer.observe(element);
    });
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
    });
  }
}
