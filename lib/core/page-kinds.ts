import type { Json } from './json';
import type { Page, PageParts } from './page';
import { PageFace } from './page-face';

class CursorPage<T> extends PageFace<T> {
  readonly kind = 'cursor';
  readonly cursor = this.position;

  get nextCursor(): Json | undefined {
    return this.nextPosition;
  }

  protected positions(): Record<string, unknown> {
    return { cursor: this.cursor, nextCursor: this.nextCursor };
  }
}

class LinkPage<T> extends PageFace<T> {
  readonly kind = 'link';
  readonly link = textOf(this.position);

  get nextLink(): string | undefined {
    return textOf(this.nextPosition);
  }

  get prevLink(): string | undefined {
    return this.links.prev;
  }

  get firstLink(): string | undefined {
    return this.links.first;
  }

  get lastLink(): string | undefined {
    return this.links.last;
  }

  get deltaLink(): string | undefined {
    return this.links.delta;
  }

  protected positions(): Record<string, unknown> {
    const { link, nextLink, prevLink, firstLink, lastLink, deltaLink } = this;
    return { link, nextLink, prevLink, firstLink, lastLink, deltaLink };
  }
}

class NumberPage<T> extends PageFace<T> {
  readonly kind = 'number';
  readonly pageNumber = numberOf(this.position);

  get nextPageNumber(): number | undefined {
    return this.nextPosition === undefined ? undefined : numberOf(this.nextPosition);
  }

  protected positions(): Record<string, unknown> {
    return { pageNumber: this.pageNumber, nextPageNumber: this.nextPageNumber };
  }
}

class OffsetPage<T> extends PageFace<T> {
  readonly kind = 'offset';
  readonly offset = numberOf(this.position);
  readonly limit = this.limitAsked;

  get nextOffset(): number | undefined {
    return this.nextPosition === undefined ? undefined : numberOf(this.nextPosition);
  }

  protected positions(): Record<string, unknown> {
    return { offset: this.offset, limit: this.limit, nextOffset: this.nextOffset };
  }
}

class SinglePage<T> extends PageFace<T> {
  readonly kind = 'single';

  protected positions(): Record<string, unknown> {
    return {};
  }
}

export const KINDS: readonly string[] = ['cursor', 'link', 'number', 'offset', 'single'];

/** The page of a reading, of the reading's kind. */
export function makePage<T>(parts: PageParts<T>): Page<T> {
  switch (parts.reading.kind) {
    case 'cursor':
      return new CursorPage(parts);
    case 'link':
      return new LinkPage(parts);
    case 'number':
      return new NumberPage(parts);
    case 'offset':
      return new OffsetPage(parts);
    case 'single':
      return new SinglePage(parts);
  }
}

function textOf(position: Json | undefined): string | undefined {
  return typeof position === 'string' ? position : undefined;
}

function numberOf(position: Json | undefined): number {
  return Number(position ?? 0);
}
