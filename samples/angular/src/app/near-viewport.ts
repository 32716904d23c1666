import {
  afterRenderEffect,
  DestroyRef,
  Directive,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';

const AHEAD = '600px';

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
        if (entries.at(-1)?.isIntersecting === true) this.near.emit(rendered);
      },
      { rootMargin: `${AHEAD} 0px` },
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
